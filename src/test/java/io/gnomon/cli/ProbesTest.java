package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.cli.DoctorFacts.Card;
import java.util.List;
import java.util.Optional;
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
    List<String> cpuinfo =
        List.of(
            "processor\t: 0",
            "model name\t: Some CPU @ 2.10GHz: fast",
            "flags\t\t: fpu avx2 avx512_bf16 amx_bf16x",
            "model name\t: another");
    assertEquals(
        Optional.of("Some CPU @ 2.10GHz: fast"), MachineProbe.value(cpuinfo, "model name"));
    assertEquals(List.of("avx2", "avx512_bf16"), MachineProbe.flags(cpuinfo));
    assertEquals(List.of(), MachineProbe.flags(List.of()));
  }

  @Test
  void knowsThisMachine() {
    DoctorFacts.Machine machine = MachineProbe.machine();
    assertTrue(machine.cores() > 0);
    assertTrue(machine.memoryBytes() > 0);
    assertTrue(machine.java().contains(System.getProperty("java.runtime.version")));
  }
}
