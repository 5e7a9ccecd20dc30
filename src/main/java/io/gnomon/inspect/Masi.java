package io.gnomon.inspect;

/**
 * How far two sets of labels are apart: 1 − J·M, with J their Jaccard similarity and M 1 for equal
 * sets, 2/3 where one holds the other, 1/3 where they overlap otherwise, 0 where they do not
 * (Passonneau, "Measuring agreement on set-valued items (MASI)", LREC 2006).
 */
final class Masi {
  private Masi() {}

  /** The distance of two rising rows; two empty ones are equal. */
  static double distance(int[] a, int[] b) {
    if (a.length == 0 && b.length == 0) {
      return 0;
    }
    double jaccard = SimilarityJoin.jaccard(a, b);
    int both = (int) Math.round(jaccard * (a.length + b.length) / (1 + jaccard));
    return 1 - jaccard * monotonicity(a.length, b.length, both);
  }

  private static double monotonicity(int a, int b, int both) {
    if (both == a && both == b) {
      return 1;
    }
    if (both == 0) {
      return 0;
    }
    return both == Math.min(a, b) ? 2.0 / 3 : 1.0 / 3;
  }
}
