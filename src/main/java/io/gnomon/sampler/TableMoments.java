package io.gnomon.sampler;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.DoubleBuffer;
import java.util.function.Consumer;

/** First and second (population) moments of an embedding table over its V rows, in float64. */
final class TableMoments {
  /** Rows brought to the host at once. */
  private static final int CHUNK = 2048;

  private final EmbeddingTable table;
  private final double[] mean;

  TableMoments(EmbeddingTable table) {
    this.table = table;
    this.mean = new double[table.dimension()];
    forEachChunk(
        values -> {
          for (int i = 0; i < values.length; i++) {
            mean[i % mean.length] += values[i] / (double) table.size();
          }
        });
  }

  /** Mean per coordinate, length d. */
  float[] mean() {
    return narrow(mean);
  }

  /** Standard deviation per coordinate, length d. */
  float[] standardDeviation() {
    double[] variance = new double[mean.length];
    forEachChunk(
        values -> {
          for (int i = 0; i < values.length; i++) {
            double deviation = values[i] - mean[i % mean.length];
            variance[i % mean.length] += deviation * deviation / table.size();
          }
        });
    for (int i = 0; i < variance.length; i++) {
      variance[i] = Math.sqrt(variance[i]);
    }
    return narrow(variance);
  }

  /** Full covariance, d rows of d. */
  double[][] covariance() {
    int d = mean.length;
    // On the CPU wherever the table lies, so that one machine's devices all draw the same numbers.
    try (NDManager host = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray sum = host.zeros(new Shape(d, d), DataType.FLOAT64);
      forEachChunk(values -> addProduct(host, sum, values));
      double[] flat = sum.toDoubleArray();
      double[][] covariance = new double[d][d];
      for (int i = 0; i < flat.length; i++) {
        covariance[i / d][i % d] = flat[i] / table.size();
      }
      return covariance;
    }
  }

  /** sum += (X − mean)ᵀ (X − mean) for the rows X in {@code values}. */
  private void addProduct(NDManager host, NDArray sum, float[] values) {
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean[i % mean.length];
    }
    Shape shape = new Shape(values.length / mean.length, mean.length);
    try (NDManager scope = host.newSubManager()) {
      NDArray rows = scope.create(DoubleBuffer.wrap(centred), shape, DataType.FLOAT64);
      sum.addi(rows.transpose().matMul(rows));
    }
  }

  private void forEachChunk(Consumer<float[]> consumer) {
    for (int start = 0; start < table.size(); start += CHUNK) {
      int end = Math.min(start + CHUNK, table.size());
      try (NDArray rows = table.weight().get(start + ":" + end)) {
        consumer.accept(rows.toFloatArray());
      }
    }
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
