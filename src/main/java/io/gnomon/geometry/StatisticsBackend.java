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
  /** Loads ND4J, if it is not loaded yet, and asks it. */
  public static StatisticsBackend current() {
    return new StatisticsBackend(
        Nd4j.getBackend().getClass().getSimpleName(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }
}
