package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class StochasticGradientTest {
  /** float32 sums over 30 steps of numbers of order ten. */
  private static final float ROUNDING = 1e-4f;

  /** The weights are the mean of what a plain loop has behind each step, over all ten epochs. */
  @Test
  void whatIsKeptIsTheMeanOfAllWeights() {
    float[] x = {1, -0.5f, 0.25f};
    Rows rows = new Rows(1, new int[][] {{0}, {0}, {0}}, new float[][] {{x[0]}, {x[1]}, {x[2]}});
    int[] classes = {0, 1, 1};
    LinearClassifier fitted = StochasticGradient.fit(rows, Targets.ofClasses(classes, 2), 11);
    double w = 0;
    double b = 0;
    double sumW = 0;
    double sumB = 0;
    int steps = 0;
    for (int epoch = 0; epoch < 10; epoch++) {
      for (int row : EpochOrder.of(3, 11, epoch)) {
        double p = 1 / (1 + Math.exp(-(w * x[row] + b)));
        double move = 4 / Math.sqrt(1 + steps / 3.0) * ((classes[row] == 0 ? 1 : 0) - p);
        w += move * x[row];
        b += move;
        steps++;
        sumW += w;
        sumB += b;
      }
    }
    assertArrayEquals(new float[] {(float) (sumW / steps)}, fitted.weights(), ROUNDING);
    assertArrayEquals(new float[] {(float) (sumB / steps)}, fitted.intercepts(), ROUNDING);
  }
}
