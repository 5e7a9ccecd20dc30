package io.gnomon.cli;

import com.sun.management.OperatingSystemMXBean;
import io.gnomon.tensor.CpuInfo;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Asks the JVM and, on Linux, /proc/cpuinfo. */
final class MachineProbe {
  /** The CPU flags that decide a precision, or the speed of float32. */
  private static final List<String> TELLING = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  private MachineProbe() {}

  static DoctorFacts.Machine machine() {
    CpuInfo cpu = CpuInfo.read();
    return new DoctorFacts.Machine(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        cpu.model(),
        Runtime.getRuntime().availableProcessors(),
        flags(cpu),
        memory(),
        Runtime.getRuntime().maxMemory());
  }

  /** Which of the telling flags the processor has. */
  static List<String> flags(CpuInfo cpu) {
    return TELLING.stream().filter(cpu.flags()::contains).toList();
  }

  /** Memory of the machine, or of the container where one is set. */
  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
