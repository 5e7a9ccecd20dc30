package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;

/** g = softmax(A · mean over the positions of x), by hand, with the gradient that this has. */
@SuppressWarnings("ArrayRecordComponent") // a matrix written once, never compared
record LinearTeacher(float[][] a) implements Confidence {
  @Override
  public NDArray probabilities(NDArray x) {
    int batch = (int) x.getShape().get(0);
    float[] g = new float[batch * a.length];
    double[][] rows = answers(x);
    for (int i = 0; i < g.length; i++) {
      g[i] = (float) rows[i / a.length][i % a.length];
    }
    return x.getManager().create(FloatBuffer.wrap(g), new Shape(batch, a.length));
  }

  /** g of each sequence. */
  double[][] answers(NDArray x) {
    float[] values = x.toFloatArray();
    int width = a[0].length;
    int length = (int) x.getShape().get(1);
    double[][] g = new double[(int) x.getShape().get(0)][a.length];
    for (int row = 0; row < g.length; row++) {
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        double logit = 0;
        for (int i = 0; i < length * width; i++) {
          logit += (double) a[k][i % width] * values[row * length * width + i] / length;
        }
        g[row][k] = Math.exp(logit);
        sum += g[row][k];
      }
      for (int k = 0; k < a.length; k++) {
        g[row][k] /= sum;
      }
    }
    return g;
  }

  /** ∂ Σ_k w_k log g_k / ∂x_t = Σ_k (w_k − g_k Σ_j w_j) A_k / T. */
  @Override
  public NDArray gradient(NDArray x, float[] weights) {
    double[][] g = answers(x);
    int length = (int) x.getShape().get(1);
    int width = a[0].length;
    float[] gradient = new float[g.length * length * width];
    for (int i = 0; i < gradient.length; i++) {
      int row = i / (length * width);
      double all = 0;
      for (int k = 0; k < a.length; k++) {
        all += weights[row * a.length + k];
      }
      for (int k = 0; k < a.length; k++) {
        double share = weights[row * a.length + k] - g[row][k] * all;
        gradient[i] += (float) (share * a[k][i % width] / length);
      }
    }
    return x.getManager().create(FloatBuffer.wrap(gradient), x.getShape());
  }
}
