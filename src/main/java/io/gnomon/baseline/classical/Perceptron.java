package io.gnomon.baseline.classical;

import io.gnomon.config.InputException;
import io.gnomon.tensor.Seeds;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A perceptron with one hidden layer of rectified units, in use: softmax over classes that exclude
 * each other, a logistic function a label.
 *
 * @param width of the rows
 * @param hidden (width × H) row-major
 * @param hiddenBias (H)
 * @param out (H × C) row-major
 * @param outBias (C)
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
record Perceptron(
    int width, float[] hidden, float[] hiddenBias, float[] out, float[] outBias, boolean exclusive)
    implements RowClassifier {
  private static final int UNITS = 128;

  /** Rows are laid out densely, and the optimizer holds four numbers a weight. */
  private static final int WIDEST = 1 << 19;

  /**
   * Learns, from weights drawn under {@code seed}.
   *
   * @throws InputException when the rows are too wide
   */
  static Perceptron fit(Rows rows, Targets targets, long seed) {
    if (rows.width() > WIDEST) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "learner mlp: expected features of at most %,d columns, found %,d; take embeddings or"
                  + " tf-idf, or another learner",
              WIDEST,
              rows.width()));
    }
    return new PerceptronTraining(rows, targets, seed)
        .train(random(rows.width(), targets.classes(), targets.exclusive(), seed));
  }

  /**
   * He's initialisation (He et al. 2015): variance 2 over what a unit's squared inputs sum to,
   * which is 1 for rows of length one.
   */
  private static Perceptron random(int width, int classes, boolean exclusive, long seed) {
    SplittableRandom random = Seeds.random(seed, "perceptron", 0);
    return new Perceptron(
        width,
        gaussian(Math.multiplyExact(width, UNITS), Math.sqrt(2), random),
        new float[UNITS],
        gaussian(UNITS * classes, Math.sqrt(2.0 / UNITS), random),
        new float[classes],
        exclusive);
  }

  private static float[] gaussian(int count, double scale, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  @Override
  public double[] answer(int[] columns, float[] values) {
    float[] units = hiddenBias.clone();
    for (int j = 0; j < columns.length; j++) {
      int row = columns[j] * units.length;
      for (int u = 0; u < units.length; u++) {
        units[u] += hidden[row + u] * values[j];
      }
    }
    double[] scores = new double[outBias.length];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = outBias[k];
      for (int u = 0; u < units.length; u++) {
        scores[k] += Math.max(units[u], 0) * out[u * scores.length + k];
      }
    }
    return exclusive ? softmax(scores) : logistic(scores);
  }

  private static double[] softmax(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int k = 0; k < scores.length; k++) {
      scores[k] = Math.exp(scores[k] - largest);
      sum += scores[k];
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] /= sum;
    }
    return scores;
  }

  private static double[] logistic(double[] scores) {
    for (int k = 0; k < scores.length; k++) {
      scores[k] = LinearClassifier.logistic(scores[k]);
    }
    return scores;
  }

  @Override
  public long numbers() {
    return (long) hidden.length + hiddenBias.length + out.length + outBias.length;
  }
}
