package io.gnomon.geometry;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What computes the float64 statistics, for {@code gnomon doctor} to show.
 *
 * @param name ND4J's backend
 * @param threads threads of its OpenMP, which is not libtorch's
 */
public record StatisticsBackend(String name, int threads) {
  /**
   * Loads ND4J, if it is not loaded yet, and keeps its reductions to one thread.
   *
   * <p>The loading sets OpenMP's number of threads for the calling thread, and libtorch's with it:
   * whoever chooses that one must do so behind this.
   */
  public static void load() {
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    Nd4j.getEnvironment().setMaxThreads(1);
  }

  /** Loads ND4J, if it is not loaded yet, and asks it. */
  public static StatisticsBackend current() {
    return new StatisticsBackend(
        Nd4j.getBackend().getClass().getSimpleName(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }
}
