package io.gnomon.student;

import ai.djl.ndarray.types.Shape;
import io.gnomon.tensor.Seeds;

/**
 * Random weights that keep the size of what passes through them: normal with standard deviation
 * 1/√(inputs), biases 0 (LeCun et al. 1998, Efficient BackProp). The map's are wider by as much as
 * the teacher's embeddings are smaller than one.
 *
 * <p>Each parameter has its own stream, as in {@link RandomInitializer}.
 *
 * @param seed the run's seed
 * @param embeddingScale root mean square of the teacher's embedding table
 */
record FanInInitializer(long seed, double embeddingScale) implements Initializer {
  @Override
  public float[] values(String name, Shape shape) {
    float[] values = new float[(int) shape.size()];
    if (!name.endsWith(".bias")) {
      boolean scaled = name.startsWith(StaticShape.MAP + ".") && embeddingScale > 0;
      double deviation = 1 / Math.sqrt((double) shape.get(1)) / (scaled ? embeddingScale : 1);
      RandomInitializer.fillNormal(values, deviation, Seeds.random(seed, "student/" + name, 0));
    }
    return values;
  }
}
