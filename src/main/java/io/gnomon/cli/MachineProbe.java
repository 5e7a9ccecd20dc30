package io.gnomon.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks the JVM and, on Linux, /proc/cpuinfo. */
final class MachineProbe {
  /** The CPU flags that decide a precision, or the speed of float32. */
  private static final List<String> TELLING = List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16");

  private MachineProbe() {}

  static DoctorFacts.Machine machine() {
    List<String> cpuinfo = cpuinfo();
    return new DoctorFacts.Machine(
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        value(cpuinfo, "model name").orElse("unknown"),
        Runtime.getRuntime().availableProcessors(),
        flags(cpuinfo),
        memory(),
        Runtime.getRuntime().maxMemory());
  }

  /** Which of the telling flags the processor has. */
  static List<String> flags(List<String> cpuinfo) {
    List<String> has = Arrays.asList(value(cpuinfo, "flags").orElse("").split(" "));
    return TELLING.stream().filter(has::contains).toList();
  }

  /** The first value of a key of /proc/cpuinfo. */
  static Optional<String> value(List<String> cpuinfo, String key) {
    return cpuinfo.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst();
  }

  private static List<String> cpuinfo() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException notLinux) {
      return List.of();
    }
  }

  /** Memory of the machine, or of the container where one is set. */
  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
