package io.gnomon.baseline.classical;

/** A classifier that answers each row by itself. */
interface RowClassifier extends Classifier {
  /**
   * (C) for one row.
   *
   * @param columns where it is not zero
   * @param values what it is there
   */
  double[] answer(int[] columns, float[] values);

  @Override
  default double[][] probabilities(Rows rows) {
    double[][] answers = new double[rows.size()][];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = answer(rows.columns()[i], rows.values()[i]);
    }
    return answers;
  }
}
