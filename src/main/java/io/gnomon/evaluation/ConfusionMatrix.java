package io.gnomon.evaluation;

import java.util.stream.IntStream;

/**
 * Counts of gold class by predicted class, and the figures made of them. Every row has one gold and
 * one predicted class, so that micro-averaged precision, recall and F1 all equal the accuracy.
 */
public final class ConfusionMatrix {
  private final int[][] counts;
  private final int[] gold;
  private final int[] predicted;
  private final int total;

  /**
   * Counts the given rows, with repetition: a resample's matrix is made of its row numbers.
   *
   * @param gold (N) classes in [0, classes)
   * @param predicted (N) classes in [0, classes)
   * @param classes K
   * @param rows row numbers in [0, N)
   * @throws IllegalArgumentException when there is no row
   */
  public ConfusionMatrix(int[] gold, int[] predicted, int classes, int[] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("a confusion matrix needs a row");
    }
    this.counts = new int[classes][classes];
    this.gold = new int[classes];
    this.predicted = new int[classes];
    this.total = rows.length;
    for (int row : rows) {
      counts[gold[row]][predicted[row]]++;
    }
    for (int k = 0; k < classes; k++) {
      for (int j = 0; j < classes; j++) {
        this.gold[k] += counts[k][j];
        this.predicted[k] += counts[j][k];
      }
    }
  }

  /** The matrix of all rows. */
  public static ConfusionMatrix of(int[] gold, int[] predicted, int classes) {
    return new ConfusionMatrix(gold, predicted, classes, IntStream.range(0, gold.length).toArray());
  }

  /** K. */
  public int classes() {
    return counts.length;
  }

  /** Rows of gold class {@code k} predicted as {@code j}. */
  public int count(int k, int j) {
    return counts[k][j];
  }

  /** Rows whose gold class is {@code k}. */
  public int support(int k) {
    return gold[k];
  }

  /** Share of rows on the diagonal; equals micro-averaged F1. */
  public double accuracy() {
    int right = IntStream.range(0, classes()).map(k -> counts[k][k]).sum();
    return (double) right / total;
  }

  /** Share of the rows predicted as {@code k} that are of it; 0 when none is predicted so. */
  public double precision(int k) {
    return ratio(counts[k][k], predicted[k]);
  }

  /** Share of the rows of {@code k} that are predicted so; 0 when there is none. */
  public double recall(int k) {
    return ratio(counts[k][k], gold[k]);
  }

  /** 2·TP / (2·TP + FP + FN); 0 when the class neither occurs nor is predicted. */
  public double f1(int k) {
    return ratio(2 * counts[k][k], gold[k] + predicted[k]);
  }

  /**
   * Mean F1 over the classes that occur or are predicted. A class that does neither is left out
   * rather than counted as 0 (as scikit-learn does when it is given no list of labels): otherwise a
   * resample that happens to miss a rare class would be punished for it.
   */
  public double macroF1() {
    return IntStream.range(0, classes())
        .filter(k -> gold[k] + predicted[k] > 0)
        .mapToDouble(this::f1)
        .average()
        .orElseThrow();
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
