package io.gnomon.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Percentile bootstrap over rows (Efron and Tibshirani 1993, chapter 13): rows are drawn with
 * replacement, as many as there are, and the statistic's 2.5% and 97.5% quantiles over the
 * resamples are the interval. The r-th resample depends on the seed and r alone, so that statistics
 * asked for one after another see the same resamples.
 */
public final class Bootstrap {
  /** Resamples where nothing else is asked for. */
  public static final int RESAMPLES = 1000;

  private static final double TAIL = 0.025;

  private final int rows;
  private final int resamples;
  private final long seed;

  /**
   * A bootstrap of {@code rows} rows.
   *
   * @throws IllegalArgumentException when rows or resamples is not positive
   */
  public Bootstrap(int rows, int resamples, long seed) {
    if (rows <= 0 || resamples <= 0) {
      throw new IllegalArgumentException(
          "rows and resamples must be positive, were " + rows + " and " + resamples);
    }
    this.rows = rows;
    this.resamples = resamples;
    this.seed = seed;
  }

  /**
   * The interval of one statistic.
   *
   * @param statistic of row numbers in [0, rows), with repetition; it must not keep or change the
   *     array. NaN where a resample leaves it undefined: those resamples are left out
   * @throws IllegalArgumentException when the statistic is not finite on the rows themselves
   */
  public Interval interval(ToDoubleFunction<int[]> statistic) {
    return intervals(sample -> new double[] {statistic.applyAsDouble(sample)})[0];
  }

  /** The intervals of several statistics at once; see {@link #interval}. */
  public Interval[] intervals(Function<int[], double[]> statistics) {
    double[] values = statistics.apply(IntStream.range(0, rows).toArray());
    double[][] samples = new double[values.length][resamples];
    int[] sample = new int[rows];
    SplittableRandom source = new SplittableRandom(seed);
    for (int r = 0; r < resamples; r++) {
      draw(source.split(), sample);
      double[] drawn = statistics.apply(sample);
      for (int s = 0; s < values.length; s++) {
        samples[s][r] = drawn[s];
      }
    }
    Interval[] intervals = new Interval[values.length];
    for (int s = 0; s < values.length; s++) {
      intervals[s] = interval(values[s], samples[s]);
    }
    return intervals;
  }

  private void draw(SplittableRandom random, int[] sample) {
    for (int i = 0; i < rows; i++) {
      sample[i] = random.nextInt(rows);
    }
  }

  private static Interval interval(double value, double[] samples) {
    double[] sorted = Arrays.stream(samples).filter(x -> !Double.isNaN(x)).sorted().toArray();
    return sorted.length == 0
        ? new Interval(value, value, value)
        : new Interval(value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  /** Linear between order statistics (Hyndman and Fan's type 7, NumPy's default). */
  static double quantile(double[] sorted, double p) {
    double place = p * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
