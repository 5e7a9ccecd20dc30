package io.gnomon.evaluation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired bootstrap (Efron and Tibshirani 1993, chapter 13; Koehn, EMNLP 2004): the same
 * resampled rows score all classifiers, so that what makes a row hard for all of them cancels in
 * their differences.
 */
public final class PairedBootstrap {
  /** Resamples where nothing else is asked for: p-values of 2e-4 and up can be told. */
  public static final int RESAMPLES = 10_000;

  private static final double TAIL = 0.025;

  private final double[] means;
  private final double[][] resampled;

  /**
   * A difference between two classifiers.
   *
   * @param value mean score of the first less that of the second, with its 95% interval
   * @param p two-sided: twice the share of resamples on the rarer side of 0, the observed one
   *     counted among them
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
    double p = 2.0 * (Math.min(notAbove, notBelow) + 1) / (count + 1);
    return new Difference(interval, Math.min(1, p));
  }
}
