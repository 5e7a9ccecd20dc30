package io.gnomon.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found on this machine, before anything is concluded from it. */
record DoctorFacts(
    Machine machine, Launch launch, Libtorch libtorch, List<Card> cards, Statistics statistics) {

  /** Hardware and JVM; {@code flags} are those of the CPU that decide a precision. */
  record Machine(
      String java,
      String os,
      String cpu,
      int cores,
      List<String> flags,
      long memoryBytes,
      long heapBytes) {}

  /**
   * How the program was started.
   *
   * @param asked GNOMON_ACCELERATOR, "auto" when it is not set
   * @param cpuNative whether the CPU build of libtorch is on the class path
   * @param libraryPath PYTORCH_LIBRARY_PATH
   * @param tf32 TORCH_ALLOW_TF32_CUBLAS_OVERRIDE
   */
  record Launch(
      String asked, boolean cpuNative, @Nullable String libraryPath, @Nullable String tf32) {}

  /**
   * DJL's PyTorch engine.
   *
   * @param path folder libtorch was loaded from; absent when it was not
   * @param gpus cards that DJL can use
   * @param failure why libtorch could not be loaded; absent when it was
   */
  record Libtorch(
      String djl,
      @Nullable String version,
      @Nullable String path,
      int gpus,
      int intraOpThreads,
      int interOpThreads,
      @Nullable String failure) {}

  /** A card as nvidia-smi tells it. */
  record Card(int index, String name, String memory, String driver, double computeCapability) {}

  /** What computes the float64 statistics. */
  record Statistics(String backend, int threads) {}
}
