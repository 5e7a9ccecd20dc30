package io.gnomon.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The paired bootstrap (Efron and Tibshirani 1993, chapter 13; Koehn, EMNLP 2004): the same
 * resampled rows score all classifiers, so that what makes a row hard for all of them cancels in
 * their differences.
 */
public final class PairedBootstrap {
  /** Resamples where nothing else is asked for: shares of 2e-4 and up can be told. */
  public static final int RESAMPLES = 10_000;

  /** Fewer resamples than this on the rarer side of 0 count a tail too coarsely. */
  private static final int COUNTED = 10;

  /** From as many rows on which two differ, the mean of their differences is near enough normal. */
  private static final int NORMAL_FROM = McNemar.EXACT_BELOW;

  private static final double TAIL = 0.025;

  private final double[][] scores;
  private final double[] means;
  private final double[][] resampled;

  /**
   * A difference between two classifiers.
   *
   * @param value mean score of the first less that of the second, with its 95% interval
   * @param p two-sided: twice the share of resamples on the rarer side of 0, the observed one
   *     counted among them; where those are too few to be counted and the two differ on enough
   *     rows, the normal tail under the resamples' standard deviation, for a family of hundreds of
   *     pairs needs p far below what 10,000 resamples can tell
   */
  public record Difference(Interval value, double p) {}

  /**
   * Resamples the rows once for all classifiers.
   *
   * @param scores classifier → (N) the score of each row, as 1 where it is right
   * @throws IllegalArgumentException when there are no rows, or their numbers differ
   */
  public PairedBootstrap(double[][] scores, int resamples, long seed) {
    int rows = scores.length == 0 ? 0 : scores[0].length;
    if (rows == 0 || Arrays.stream(scores).anyMatch(own -> own.length != rows)) {
      throw new IllegalArgumentException("a paired bootstrap needs the same rows of each, and one");
    }
    double[][] byRow = transposed(scores, rows);
    this.scores = scores;
    this.means = Arrays.stream(scores).mapToDouble(own -> mean(own)).toArray();
    this.resampled = new double[scores.length][resamples];
    SplittableRandom source = new SplittableRandom(seed);
    double[] sums = new double[scores.length];
    for (int r = 0; r < resamples; r++) {
      draw(byRow, source.split(), sums);
      for (int k = 0; k < sums.length; k++) {
        resampled[k][r] = sums[k] / rows;
      }
    }
  }

  private static double[][] transposed(double[][] scores, int rows) {
    double[][] byRow = new double[rows][scores.length];
    for (int k = 0; k < scores.length; k++) {
      for (int i = 0; i < rows; i++) {
        byRow[i][k] = scores[k][i];
      }
    }
    return byRow;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static void draw(double[][] byRow, SplittableRandom random, double[] sums) {
    Arrays.fill(sums, 0);
    for (int i = 0; i < byRow.length; i++) {
      double[] row = byRow[random.nextInt(byRow.length)];
      for (int k = 0; k < sums.length; k++) {
        sums[k] += row[k];
      }
    }
  }

  /** Classifier {@code first} against {@code second}, by their places. */
  public Difference difference(int first, int second) {
    int count = resampled[first].length;
    double[] differences = new double[count];
    int notAbove = 0;
    int notBelow = 0;
    for (int r = 0; r < count; r++) {
      differences[r] = resampled[first][r] - resampled[second][r];
      notAbove += differences[r] <= 0 ? 1 : 0;
      notBelow += differences[r] >= 0 ? 1 : 0;
    }
    Arrays.sort(differences);
    Interval interval =
        new Interval(
            means[first] - means[second],
            Bootstrap.quantile(differences, TAIL),
            Bootstrap.quantile(differences, 1 - TAIL));
    int rarer = Math.min(notAbove, notBelow);
    double p = Math.min(1, 2.0 * (rarer + 1) / (count + 1));
    boolean coarse = rarer < COUNTED && differing(first, second) >= NORMAL_FROM;
    return new Difference(interval, coarse ? Math.min(p, tail(interval.value(), differences)) : p);
  }

  private int differing(int first, int second) {
    int rows = 0;
    for (int i = 0; i < scores[first].length; i++) {
      rows += scores[first][i] != scores[second][i] ? 1 : 0;
    }
    return rows;
  }

  /** Two-sided; of a difference that no resample varies it is not told. */
  private static double tail(double difference, double[] resampled) {
    double error = Math.sqrt(StatUtils.variance(resampled));
    return error == 0 ? 1 : Erf.erfc(Math.abs(difference) / error / Math.sqrt(2));
  }
}
