package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  /** The share of successes, of which the first {@code successes} rows are. */
  private static ToDoubleFunction<int[]> share(int successes) {
    return rows -> (double) Arrays.stream(rows).filter(i -> i < successes).count() / rows.length;
  }

  /**
   * The resampled share is a binomial's, so its quantiles are known: n = 997, p = 700/997 has
   * standard deviation 0.01449. A 2.5% quantile of 4,000 resamples is itself uncertain by about
   * √(0.025·0.975/4000)/0.0584 = 0.042 standard deviations; the tolerance is 4 of these, and half a
   * row for the steps of the binomial.
   */
  @Test
  void aShareHasTheBinomialsInterval() {
    int n = 997;
    double p = 700.0 / n;
    double sd = Math.sqrt(p * (1 - p) / n);
    double tolerance = 4 * 0.042 * sd + 0.5 / n;
    Interval interval = new Bootstrap(n, 4000, 1).interval(share(700));
    assertEquals(p, interval.value(), 1e-15);
    assertEquals(p - 1.96 * sd, interval.low(), tolerance);
    assertEquals(p + 1.96 * sd, interval.high(), tolerance);
  }

  /** For two rows a mean is 0, ½ or 1 with odds 1 : 2 : 1: both tails reach the ends. */
  @Test
  void twoRowsByHand() {
    assertEquals(new Interval(0.5, 0, 1), new Bootstrap(2, 1000, 3).interval(share(1)));
  }

  @Test
  void theSeedDecides() {
    ToDoubleFunction<int[]> statistic = share(30);
    Interval one = new Bootstrap(101, 500, 7).interval(statistic);
    assertEquals(one, new Bootstrap(101, 500, 7).interval(statistic));
    // A sum of row numbers is fine enough that two seeds do not meet by chance.
    ToDoubleFunction<int[]> fine = rows -> Arrays.stream(rows).average().orElseThrow();
    assertNotEquals(
        new Bootstrap(101, 500, 7).interval(fine), new Bootstrap(101, 500, 8).interval(fine));
  }

  @Test
  void statisticsSeeTheSameResamples() {
    Bootstrap bootstrap = new Bootstrap(53, 211, 5);
    Interval[] both =
        bootstrap.intervals(
            rows -> new double[] {share(11).applyAsDouble(rows), share(23).applyAsDouble(rows)});
    assertEquals(bootstrap.interval(share(11)), both[0]);
    assertEquals(bootstrap.interval(share(23)), both[1]);
  }

  @Test
  void undefinedResamplesAreLeftOut() {
    Bootstrap bootstrap = new Bootstrap(2, 1000, 3);
    Interval interval =
        bootstrap.interval(rows -> rows[0] == 0 ? share(1).applyAsDouble(rows) : Double.NaN);
    assertEquals(new Interval(0.5, 0.5, 1), interval);
    assertThrows(IllegalArgumentException.class, () -> bootstrap.interval(rows -> Double.NaN));
  }

  /** 1,000 resamples of 25,000 rows, the size of IMDB's test part, while the user waits. */
  @Test
  void aLargeSetTakesSeconds() {
    int[] gold = new int[25_000];
    int[] predicted = new int[25_000];
    for (int i = 0; i < gold.length; i++) {
      gold[i] = i % 2;
      predicted[i] = i % 5 == 0 ? 0 : i % 2;
    }
    long start = System.nanoTime();
    Interval interval =
        new Bootstrap(gold.length, Bootstrap.RESAMPLES, 1)
            .interval(rows -> new ConfusionMatrix(gold, predicted, 2, rows).macroF1());
    assertTrue(interval.low() < interval.value() && interval.value() < interval.high());
    assertTrue(System.nanoTime() - start < 20e9, "took more than 20 seconds");
  }

  /** NumPy 2: quantile([1, 2, 4, 8, 16], [0.025, 0.5, 0.975]) = [1.1, 4, 15.2]. */
  @Test
  void quantilesAreNumpys() {
    double[] sorted = {1, 2, 4, 8, 16};
    assertArrayEquals(
        new double[] {1.1, 4, 15.2},
        new double[] {
          Bootstrap.quantile(sorted, 0.025),
          Bootstrap.quantile(sorted, 0.5),
          Bootstrap.quantile(sorted, 0.975)
        },
        1e-12);
  }

  @Test
  void nothingToDrawFromIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 10, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(10, 0, 1));
  }
}
