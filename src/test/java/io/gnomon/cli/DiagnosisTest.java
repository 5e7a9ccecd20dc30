package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.cli.DoctorFacts.Card;
import io.gnomon.cli.DoctorFacts.Launch;
import io.gnomon.cli.DoctorFacts.Libtorch;
import io.gnomon.cli.DoctorFacts.Machine;
import io.gnomon.cli.DoctorFacts.Statistics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Made-up machines, for this one has no card. */
class DiagnosisTest {
  private static final Card H200 = new Card(0, "NVIDIA H200", "143771 MiB", "570.1", 9.0);
  private static final Card T4 = new Card(0, "Tesla T4", "15360 MiB", "535.0", 7.5);
  private static final Card P100 = new Card(0, "Tesla P100", "16384 MiB", "535.0", 6.0);
  private static final String CPU_PATH = "/home/a/.djl.ai/pytorch/2.7.1-cpu-linux-x86_64";
  private static final String CUDA_PATH = "/home/a/.djl.ai/pytorch/2.7.1-cu128-linux-x86_64";

  private static Diagnosis diagnose(
      Launch launch, @Nullable String path, int gpus, @Nullable String failure, Card... cards) {
    Machine machine = new Machine("17", "Linux", "a CPU", 7, List.of("avx2"), 11, 5);
    Libtorch libtorch =
        new Libtorch("0.35.1", path == null ? null : "2.7.1", path, gpus, 7, 3, failure);
    return Diagnosis.of(
        new DoctorFacts(
            machine, launch, libtorch, List.of(cards), new Statistics("CpuBackend", 2)));
  }

  private static Launch launch(String asked, boolean cpuNative, @Nullable String path) {
    return new Launch(asked, cpuNative, path, "1");
  }

  private static void assertOneAdvice(String expectedEnd, Diagnosis diagnosis) {
    assertEquals(1, diagnosis.advice().size(), diagnosis.advice()::toString);
    assertTrue(diagnosis.advice().get(0).endsWith(expectedEnd), diagnosis.advice()::toString);
  }

  @Test
  void aBoxWithoutACardNeedsNothing() {
    Diagnosis diagnosis = diagnose(launch("auto", true, null), CPU_PATH, 0, null);
    assertEquals(
        new Finding("cpu", "the CPU build is on the class path: nvidia-smi shows no card"),
        diagnosis.source());
    assertEquals(new Finding("cpu", "no card"), diagnosis.device());
    assertEquals(List.of(), diagnosis.advice());
  }

  @Test
  void aCardInUseNeedsNothing() {
    Diagnosis diagnosis = diagnose(launch("auto", false, null), CUDA_PATH, 1, null, H200);
    assertEquals(
        new Finding("cu128", "DJL's own download: no CPU build is on the class path"),
        diagnosis.source());
    assertEquals("cuda:0", diagnosis.device().value());
    assertEquals(
        Map.of(
            "cpu", new Finding("fp32", "the CPU has neither avx512_bf16 nor amx_bf16"),
            "cuda:0", new Finding("bf16", "compute capability 9.0")),
        diagnosis.precision());
    assertEquals(List.of(), diagnosis.advice());
  }

  @Test
  void aCardPutAsideByTheUser() {
    Diagnosis diagnosis = diagnose(launch("cpu", true, null), CPU_PATH, 0, null, H200);
    assertEquals("cpu", diagnosis.device().value());
    assertOneAdvice("Type: unset GNOMON_ACCELERATOR", diagnosis);
  }

  @Test
  void aCardHiddenByTheCpuBuild() {
    assertOneAdvice(
        "Type: GNOMON_ACCELERATOR=cuda ./gnomon doctor",
        diagnose(launch("auto", true, null), CPU_PATH, 0, null, H200));
  }

  @Test
  void aCardThatTheGivenLibtorchCannotUse() {
    Diagnosis diagnosis =
        diagnose(launch("auto", false, "/opt/torch"), "/opt/torch", 0, null, H200);
    assertEquals(new Finding("unnamed", "PYTORCH_LIBRARY_PATH is /opt/torch"), diagnosis.source());
    assertOneAdvice("PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128", diagnosis);
  }

  @Test
  void aCardForWhichDjlTookAnotherBuild() {
    assertOneAdvice(
        "Type: PYTORCH_FLAVOR=cu128 ./gnomon doctor",
        diagnose(launch("auto", false, null), CPU_PATH, 0, null, H200));
  }

  @Test
  void aCardBoxWithoutANetwork() {
    Diagnosis diagnosis =
        diagnose(launch("auto", false, null), null, 0, "UnknownHostException: a.b", H200);
    assertEquals("none", diagnosis.source().value());
    assertOneAdvice("(the CPU meanwhile: export GNOMON_ACCELERATOR=cpu)", diagnosis);
    assertTrue(diagnosis.advice().get(0).contains("UnknownHostException: a.b"));
  }

  @Test
  void cudaAskedForWithoutACard() {
    assertOneAdvice(
        "unset GNOMON_ACCELERATOR",
        diagnose(launch("cuda", false, null), null, 0, "IOException: no such file"));
  }

  @Test
  void aBrokenLibraryPath() {
    assertOneAdvice(
        "unset PYTORCH_LIBRARY_PATH",
        diagnose(launch("auto", true, "/nowhere"), null, 0, "IOException: no such file"));
  }

  @Test
  void fullPrecisionProductsAreMentioned() {
    Launch withoutTf32 = new Launch("auto", false, null, null);
    assertOneAdvice(
        "export TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1",
        diagnose(withoutTf32, CUDA_PATH, 1, null, H200));
  }

  @Test
  void moreThreadsThanCoresAreMentioned() {
    DoctorFacts facts =
        new DoctorFacts(
            new Machine("17", "Linux", "a CPU", 2, List.of(), 11, 5),
            launch("auto", true, null),
            new Libtorch("0.35.1", "2.7.1", CPU_PATH, 0, 13, 3, null),
            List.of(),
            new Statistics("CpuBackend", 2));
    assertOneAdvice("export OMP_NUM_THREADS=2", Diagnosis.of(facts));
  }

  @Test
  void precisionFollowsTheHardware() {
    assertEquals(
        new Finding("bf16", "the CPU has amx_bf16"),
        PrecisionRule.ofCpu(List.of("avx2", "amx_bf16")));
    assertEquals("fp32", PrecisionRule.ofCpu(List.of("avx512f")).value());
    assertEquals(
        new Finding("fp16", "compute capability 7.5: no bfloat16"),
        PrecisionRule.ofCard(T4.computeCapability()));
    assertEquals("fp32", PrecisionRule.ofCard(P100.computeCapability()).value());
  }
}
