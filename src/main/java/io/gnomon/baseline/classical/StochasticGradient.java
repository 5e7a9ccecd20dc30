package io.gnomon.baseline.classical;

/**
 * Logistic regression by averaged stochastic gradient descent (Polyak &amp; Juditsky 1992), one
 * class against the rest, without a penalty: few epochs and the average keep the weights small.
 *
 * <p>The rate of step t is 4 / √(1 + t/N). 4 is the inverse of the largest curvature that the loss
 * of one row of length one can have, ¼‖x‖².
 */
final class StochasticGradient {
  private static final int EPOCHS = 10;
  private static final double RATE = 4;

  private final Rows rows;
  private final Targets targets;
  private final int answers;
  private final float[] weights;
  private final float[] intercepts;

  /** Σ over steps of t·(what step t added): the mean of all weights is w − Σ/T. */
  private final float[] late;

  private final float[] lateIntercepts;
  private int steps;

  private StochasticGradient(Rows rows, Targets targets) {
    this.rows = rows;
    this.targets = targets;
    this.answers = LinearClassifier.columns(targets);
    this.weights = new float[Math.multiplyExact(rows.width(), answers)];
    this.intercepts = new float[answers];
    this.late = new float[weights.length];
    this.lateIntercepts = new float[answers];
  }

  /** Learns; 8 bytes a column and answer while it does. */
  static LinearClassifier fit(Rows rows, Targets targets, long seed) {
    StochasticGradient descent = new StochasticGradient(rows, targets);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int row : EpochOrder.of(rows.size(), seed, epoch)) {
        descent.step(row);
      }
    }
    return descent.mean();
  }

  private void step(int row) {
    int[] columns = rows.columns()[row];
    float[] values = rows.values()[row];
    double[] moves = LinearClassifier.scores(weights, intercepts, columns, values);
    double rate = RATE / Math.sqrt(1 + (double) steps / rows.size());
    for (int k = 0; k < answers; k++) {
      double error = (targets.has(row, k) ? 1 : 0) - LinearClassifier.logistic(moves[k]);
      moves[k] = rate * error;
      add(intercepts, lateIntercepts, k, moves[k]);
    }
    for (int j = 0; j < columns.length; j++) {
      for (int k = 0; k < answers; k++) {
        add(weights, late, columns[j] * answers + k, moves[k] * values[j]);
      }
    }
    steps++;
  }

  private void add(float[] now, float[] then, int at, double move) {
    now[at] += (float) move;
    then[at] += (float) (steps * move);
  }

  private LinearClassifier mean() {
    subtract(weights, late);
    subtract(intercepts, lateIntercepts);
    return new LinearClassifier(weights, intercepts, targets.exclusive());
  }

  private void subtract(float[] now, float[] then) {
    for (int i = 0; i < now.length; i++) {
      now[i] -= then[i] / steps;
    }
  }
}
