package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/**
 * Every coordinate uniform on [low, high), independently: the paper's noise, with [0, 1].
 *
 * <p>On [0, 1] its mean is not zero: two independent vectors have cosine 0.75 and the mean of many
 * points along (1, …, 1), so that inputs differ little from each other (DESIGN §1).
 */
public final class Uniform implements Sampler {
  private static final float STEP = 0x1p-24f;

  private final Draws draws;
  private final int dimension;
  private final float low;
  private final float width;

  Uniform(Draws draws, int dimension, double low, double high) {
    this.draws = draws;
    this.dimension = dimension;
    this.low = (float) low;
    this.width = (float) (high - low);
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    Draws.Batch drawn = draws.batch(index);
    float[] values = new float[batch * drawn.length() * dimension];
    int pairs = values.length & ~1;
    for (int i = 0; i < pairs; i += 2) {
      // 24 bits, as many as a float holds, from each half of one long.
      long bits = drawn.random().nextLong();
      values[i] = low + (bits >>> 40) * STEP * width;
      values[i + 1] = low + (bits & 0xFFFFFF) * STEP * width;
    }
    if (pairs < values.length) {
      values[pairs] = low + (drawn.random().nextLong() >>> 40) * STEP * width;
    }
    return manager.create(FloatBuffer.wrap(values), new Shape(batch, drawn.length(), dimension));
  }
}
