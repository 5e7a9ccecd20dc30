package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.cli.DoctorFacts.Card;
import io.gnomon.tensor.CpuInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbesTest {
  @Test
  void readsTheCardsOfNvidiaSmi() {
    String answer =
        "0, NVIDIA H200, 143771 MiB, 570.124.06, 9.0\n1, NVIDIA A100-SXM4-40GB, 40960 MiB, 535.5, 8.0\n";
    assertEquals(
        List.of(
            new Card(0, "NVIDIA H200", "143771 MiB", "570.124.06", 9.0),
            new Card(1, "NVIDIA A100-SXM4-40GB", "40960 MiB", "535.5", 8.0)),
        CardProbe.parse(answer));
  }

  @Test
  void passesOverWhatIsNoCard() {
    assertEquals(List.of(), CardProbe.parse("No devices were found\n\n0, x, [N/A], 1, [N/A]\n"));
  }

  @Test
  void readsCpuinfo() {
    CpuInfo cpu =
        new CpuInfo(
            List.of(
                "processor\t: 0",
                "model name\t: Some CPU @ 2.10GHz: fast",
                "flags\t\t: fpu avx2 avx512_bf16 amx_bf16x",
                "model name\t: another"));
    assertEquals("Some CPU @ 2.10GHz: fast", cpu.model());
    assertEquals(List.of("fpu", "avx2", "avx512_bf16", "amx_bf16x"), cpu.flags());
    assertEquals(List.of("avx2", "avx512_bf16"), MachineProbe.flags(cpu));
  }

  @Test
  void isSilentOutsideLinux() {
    CpuInfo none = new CpuInfo(List.of());
    assertEquals("unknown", none.model());
    assertEquals(List.of(), MachineProbe.flags(none));
  }

  @Test
  void knowsThisMachine() {
    DoctorFacts.Machine machine = MachineProbe.machine();
    assertTrue(machine.cores() > 0);
    assertTrue(machine.memoryBytes() > 0);
    assertTrue(machine.java().contains(System.getProperty("java.runtime.version")));
  }
}
