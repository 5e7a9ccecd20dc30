package io.gnomon.evaluation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for several comparisons (Scandinavian Journal of Statistics 6, 1979): with the
 * p-values in rising order, the i-th of m is multiplied by m − i + 1, never falls below the one
 * before it, and stops at 1. A comparison called different at 5% then is so by chance, in any of
 * them, at most once in twenty such families.
 */
public final class Holm {
  private Holm() {}

  /** The adjusted p-values, in the order of {@code p}. */
  public static double[] adjust(double... p) {
    int[] rising =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 0;
    for (int i = 0; i < rising.length; i++) {
      least = Math.min(1, Math.max(least, (p.length - i) * p[rising[i]]));
      adjusted[rising[i]] = least;
    }
    return adjusted;
  }
}
