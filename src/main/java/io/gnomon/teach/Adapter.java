package io.gnomon.teach;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank additions to a model, as read from their folder.
 *
 * @param base what {@link io.gnomon.checkpoint.Sha256#ofWeights} gives for the model they were made
 *     for; null where the folder does not say
 * @param additions by the matrix's name, as {@code model.layers.0.self_attn.q_proj.weight}
 * @param replaced whole tensors that stand for the model's own, by name
 */
record Adapter(
    @Nullable String base, Map<String, Addition> additions, Map<String, float[]> replaced) {

  /**
   * s · B·A.
   *
   * @param scale s
   * @param rank r, at least 1
   * @param a (r, D)
   * @param b (O, r)
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of weights, never compared
  record Addition(double scale, int rank, float[] a, float[] b) {
    /** O. */
    int height() {
      return b.length / rank;
    }

    /** D. */
    int width() {
      return a.length / rank;
    }

    /** {@code weight} + s · B·A, written over {@code weight}; (O, D) both. */
    void addTo(float[] weight) {
      int width = width();
      double[] sum = new double[width];
      for (int row = 0; row < height(); row++) {
        row(row, sum);
        for (int i = 0; i < width; i++) {
          weight[row * width + i] = (float) (weight[row * width + i] + scale * sum[i]);
        }
      }
    }

    /** Row {@code row} of B·A. */
    private void row(int row, double[] sum) {
      Arrays.fill(sum, 0);
      for (int r = 0; r < rank; r++) {
        double factor = b[row * rank + r];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += factor * a[r * sum.length + i];
        }
      }
    }
  }
}
