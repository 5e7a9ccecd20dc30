package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private static final int ROWS = 101;
  private static final int WIDTH = 7;

  private final SplittableRandom random = new SplittableRandom(3);
  private final Rows rows = rows();

  /**
   * The gradient of ½‖w‖² + C Σ ln(1 + e^(−y w·x)) is w − C Σ (t − p) x, t the 0-or-1 target;
   * LIBLINEAR stops where it is a hundredth of what it was at w = 0.
   */
  @Test
  void theGradientVanishes() {
    Targets targets = classes(2);
    float[] zeros = new float[WIDTH];
    for (double cost : new double[] {0.5, 3}) {
      LinearClassifier start = new LinearClassifier(zeros, new float[1], true);
      LinearClassifier fitted = LogisticRegression.fit(rows, targets, cost);
      double before = gradient(start, targets, cost);
      double after = gradient(fitted, targets, cost);
      assertTrue(after < 0.01 * before, () -> after + " of " + before);
    }
  }

  private double gradient(LinearClassifier model, Targets targets, double cost) {
    double[] gradient = new double[WIDTH + 1];
    for (int j = 0; j < WIDTH; j++) {
      gradient[j] = model.weights()[j];
    }
    gradient[WIDTH] = model.intercepts()[0];
    double[][] p = model.probabilities(rows);
    for (int i = 0; i < ROWS; i++) {
      double error = cost * ((targets.has(i, 0) ? 1 : 0) - p[i][0]);
      for (int j = 0; j < WIDTH; j++) {
        gradient[j] -= error * rows.values()[i][j];
      }
      gradient[WIDTH] -= error;
    }
    return Math.sqrt(Arrays.stream(gradient).map(value -> value * value).sum());
  }

  @Test
  void classesThatExcludeEachOtherShareOne() {
    for (double[] row : LogisticRegression.fit(rows, classes(3), 1).probabilities(rows)) {
      assertEquals(3, row.length);
      assertEquals(1, Arrays.stream(row).sum(), 1e-12);
    }
  }

  @Test
  void labelsAreIndependentProblems() {
    Targets classes = classes(2);
    boolean[][] labels = new boolean[ROWS][2];
    for (int i = 0; i < ROWS; i++) {
      labels[i][0] = classes.has(i, 0);
      labels[i][1] = i % 3 == 0;
    }
    double[][] alone = LogisticRegression.fit(rows, classes, 1).probabilities(rows);
    double[][] both = LogisticRegression.fit(rows, Targets.ofLabels(labels), 1).probabilities(rows);
    for (int i = 0; i < ROWS; i++) {
      assertEquals(alone[i][0], both[i][0], 1e-12);
    }
  }

  private Rows rows() {
    int[][] columns = new int[ROWS][];
    float[][] values = new float[ROWS][WIDTH];
    for (int i = 0; i < ROWS; i++) {
      columns[i] = IntStream.range(0, WIDTH).toArray();
      for (int j = 0; j < WIDTH; j++) {
        values[i][j] = (float) random.nextGaussian();
      }
    }
    return new Rows(WIDTH, columns, values);
  }

  /** Classes that the first column tells, with noise. */
  private Targets classes(int classes) {
    int[] targets = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double score = rows.values()[i][0] + 0.5 * random.nextGaussian();
      targets[i] = score > 0.5 ? 0 : score > -0.5 ? 1 : classes - 1;
    }
    return Targets.ofClasses(targets, classes);
  }
}
