package io.gnomon.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Counts of labels given and of labels there, over texts that may have several. */
final class LabelCounts {
  private final int[] right;
  private final int[] given;
  private final int[] there;
  private final int exact;
  private final int total;

  /**
   * Counts the given rows, with repetition: a resample's counts are made of its row numbers.
   *
   * @param gold (N, K)
   * @param predicted (N, K)
   * @param rows row numbers in [0, N), at least one
   */
  LabelCounts(boolean[][] gold, boolean[][] predicted, int[] rows) {
    int labels = gold[0].length;
    this.right = new int[labels];
    this.given = new int[labels];
    this.there = new int[labels];
    this.total = rows.length;
    int same = 0;
    for (int row : rows) {
      count(gold[row], predicted[row]);
      same += Arrays.equals(gold[row], predicted[row]) ? 1 : 0;
    }
    this.exact = same;
  }

  private void count(boolean[] gold, boolean[] predicted) {
    for (int k = 0; k < gold.length; k++) {
      given[k] += predicted[k] ? 1 : 0;
      there[k] += gold[k] ? 1 : 0;
      right[k] += gold[k] && predicted[k] ? 1 : 0;
    }
  }

  /** K. */
  int labels() {
    return right.length;
  }

  /** Texts that have label {@code k}. */
  int support(int k) {
    return there[k];
  }

  /** Share of the texts given label {@code k} that have it; 0 when none is given it. */
  double precision(int k) {
    return ratio(right[k], given[k]);
  }

  /** Share of the texts with label {@code k} that are given it; 0 when there is none. */
  double recall(int k) {
    return ratio(right[k], there[k]);
  }

  /** 2·TP / (2·TP + FP + FN); 0 when the label is neither there nor given. */
  double f1(int k) {
    return ratio(2 * right[k], given[k] + there[k]);
  }

  /** F1 of all decisions together; 0 when no label is there or given. */
  double microF1() {
    return ratio(2 * sum(right), sum(given) + sum(there));
  }

  /**
   * Mean F1 over the labels that are there or given; 0 when none is. A label that is neither is
   * left out for the reason that {@link ConfusionMatrix#macroF1} gives.
   */
  double macroF1() {
    return IntStream.range(0, labels())
        .filter(k -> given[k] + there[k] > 0)
        .mapToDouble(this::f1)
        .average()
        .orElse(0);
  }

  /** Share of texts that are given all of their labels and no other (subset accuracy). */
  double exactMatch() {
    return ratio(exact, total);
  }

  private static int sum(int[] counts) {
    return Arrays.stream(counts).sum();
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
