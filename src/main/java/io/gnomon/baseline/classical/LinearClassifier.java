package io.gnomon.baseline.classical;

/**
 * A logistic function a column of answers: one column for two classes that exclude each other, the
 * second being its complement; else a column a class, made to sum to one where classes exclude each
 * other (one against the rest) and left as they are where they do not.
 *
 * @param weights (columns of the rows × C'), C' the answers, row-major
 * @param intercepts (C')
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
record LinearClassifier(float[] weights, float[] intercepts, boolean exclusive)
    implements RowClassifier {
  /**
   * The columns of answers that {@code targets} need: of two classes that exclude each other the
   * first alone.
   */
  static int columns(Targets targets) {
    return targets.exclusive() && targets.classes() == 2 ? 1 : targets.classes();
  }

  @Override
  public double[] answer(int[] columns, float[] values) {
    double[] scores = scores(weights, intercepts, columns, values);
    for (int k = 0; k < scores.length; k++) {
      scores[k] = logistic(scores[k]);
    }
    if (!exclusive) {
      return scores;
    }
    return scores.length == 1 ? new double[] {scores[0], 1 - scores[0]} : shares(scores);
  }

  /** w·x + b of each column of answers. */
  static double[] scores(float[] weights, float[] intercepts, int[] columns, float[] values) {
    int count = intercepts.length;
    double[] scores = new double[count];
    for (int k = 0; k < count; k++) {
      scores[k] = intercepts[k];
    }
    for (int j = 0; j < columns.length; j++) {
      int row = columns[j] * count;
      for (int k = 0; k < count; k++) {
        scores[k] += (double) weights[row + k] * values[j];
      }
    }
    return scores;
  }

  /** 1 / (1 + e⁻ˢ). */
  static double logistic(double score) {
    return 1 / (1 + Math.exp(-score));
  }

  /** Each as a share of their sum; equal shares where all are 0. */
  private static double[] shares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    for (int k = 0; k < values.length; k++) {
      values[k] = sum > 0 ? values[k] / sum : 1.0 / values.length;
    }
    return values;
  }

  @Override
  public long numbers() {
    return (long) weights.length + intercepts.length;
  }
}
