package io.gnomon.sampler;

/** The Cholesky factor of a covariance matrix, in float64. */
final class Cholesky {
  /** First addition to the diagonal, relative to its mean, where a plain factor does not exist. */
  private static final double FIRST_JITTER = 1e-10;

  private static final int ATTEMPTS = 8;

  private Cholesky() {}

  /**
   * L, lower triangular, with L·Lᵀ = {@code matrix}.
   *
   * <p>A table of fewer tokens than dimensions has a singular covariance. Then 1e-10 of the mean
   * variance is added to the diagonal, ten times as much at each further attempt: noise in the
   * empty directions of at most a thousandth of a coordinate's mean variance.
   *
   * @throws IllegalArgumentException when even that does not help: the matrix is no covariance
   */
  static double[][] factor(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    double jitter = 0;
    for (int attempt = 0; attempt <= ATTEMPTS; attempt++) {
      double[][] lower = new double[matrix.length][matrix.length];
      if (tryFactor(matrix, jitter, lower)) {
        return lower;
      }
      jitter = FIRST_JITTER * Math.pow(10, attempt) * trace / matrix.length;
    }
    throw new IllegalArgumentException("covariance of the embedding table is not positive");
  }

  private static boolean tryFactor(double[][] matrix, double jitter, double[][] lower) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] + (i == j ? jitter : 0) - dot(lower[i], lower[j], j);
        if (i == j && !(rest > 0)) {
          return false;
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return true;
  }

  private static double dot(double[] left, double[] right, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += left[k] * right[k];
    }
    return sum;
  }
}
