package io.gnomon.experiment;

/**
 * The mean cosine over all pairs of M vectors, without the pairs: of unit vectors u, Σ_{i≠j}
 * u_i·u_j = |Σ u|² − M.
 */
final class CosineMean {
  private final double[] sum;
  private long count;

  /**
   * @param width d
   */
  CosineMean(int width) {
    this.sum = new double[width];
  }

  /** One more vector; one of length zero has no direction, and is left out. */
  void add(double[] vector) {
    double square = 0;
    for (double it : vector) {
      square += it * it;
    }
    if (square == 0) {
      return;
    }
    double length = Math.sqrt(square);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i] / length;
    }
    count++;
  }

  /** The mean; NaN of fewer than two. */
  double mean() {
    double square = 0;
    for (double it : sum) {
      square += it * it;
    }
    return count < 2 ? Double.NaN : (square - count) / ((double) count * (count - 1));
  }
}
