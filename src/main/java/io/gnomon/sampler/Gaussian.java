package io.gnomon.sampler;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Independent normal vectors with the embedding table's mean and either its standard deviation per
 * coordinate or its full covariance.
 */
public final class Gaussian implements Sampler {
  private final Draws draws;
  private final float[] mean;
  private final float[] deviation;
  private final float @Nullable [] factor;

  private Gaussian(Draws draws, float[] mean, float[] deviation, float @Nullable [] factor) {
    this.draws = draws;
    this.mean = mean;
    this.deviation = deviation;
    this.factor = factor;
  }

  /** Matched per coordinate. */
  static Gaussian diagonal(Draws draws, EmbeddingTable table) {
    TableMoments moments = new TableMoments(table);
    return new Gaussian(draws, moments.mean(), moments.standardDeviation(), null);
  }

  /** Matched in full: x = mean + L·z with L·Lᵀ the covariance; see {@link Cholesky} for jitter. */
  static Gaussian full(Draws draws, EmbeddingTable table) {
    TableMoments moments = new TableMoments(table);
    double[][] lower = Cholesky.factor(moments.covariance());
    int d = lower.length;
    float[] factor = new float[d * d];
    for (int i = 0; i < factor.length; i++) {
      factor[i] = (float) lower[i / d][i % d];
    }
    return new Gaussian(draws, moments.mean(), new float[0], factor);
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    Draws.Batch drawn = draws.batch(index);
    float[] values = normals(drawn.random(), batch * drawn.length() * mean.length);
    if (factor == null) {
      scale(values);
    } else {
      values = correlated(values, factor);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] += mean[i % mean.length];
    }
    return manager.create(FloatBuffer.wrap(values), new Shape(batch, drawn.length(), mean.length));
  }

  private static float[] normals(RandomGenerator random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void scale(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= deviation[i % deviation.length];
    }
  }

  /** Rows z become L·z; on the CPU whatever the target, so that all devices see the same batch. */
  private float[] correlated(float[] values, float[] lower) {
    int d = mean.length;
    try (NDManager host = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray rows = host.create(FloatBuffer.wrap(values), new Shape(values.length / d, d));
      NDArray matrix = host.create(FloatBuffer.wrap(lower), new Shape(d, d));
      return rows.matMul(matrix.transpose()).toFloatArray();
    }
  }
}
