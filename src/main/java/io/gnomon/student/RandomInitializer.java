package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.tensor.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random weights as in BERT: normal with standard deviation 0.02, LayerNorm 1 and 0, biases 0.
 *
 * <p>Each parameter has its own stream, so the same seed gives the same values whatever else the
 * student holds. The map d → D is drawn so wide that its outputs, too, start with 0.02: tokens and
 * positions speak equally loud at first, as in RoBERTa, however small the teacher's embeddings are.
 *
 * @param seed the run's seed
 * @param embeddingScale root mean square of the teacher's embedding table
 */
record RandomInitializer(long seed, double embeddingScale) implements Initializer {
  /** {@code initializer_range} of BERT and RoBERTa. */
  static final double DEVIATION = 0.02;

  @Override
  public float[] values(String name, Shape shape) {
    float[] values = new float[(int) shape.size()];
    if (name.endsWith("LayerNorm.weight")) {
      Arrays.fill(values, 1f);
    } else if (!name.endsWith(".bias")) {
      fillNormal(values, deviation(name, shape), Seeds.random(seed, "student/" + name, 0));
    }
    return values;
  }

  private double deviation(String name, Shape shape) {
    boolean map = name.equals(RobertaShape.MAP + ".weight");
    return map && embeddingScale > 0
        ? DEVIATION / (embeddingScale * Math.sqrt((double) shape.get(1)))
        : DEVIATION;
  }

  static void fillNormal(float[] values, double deviation, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
  }
}
