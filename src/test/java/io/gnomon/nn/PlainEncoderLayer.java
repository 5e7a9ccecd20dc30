package io.gnomon.nn;

import java.util.Arrays;

/** The formulas of one encoder layer in plain loops and double precision, one row at a time. */
final class PlainEncoderLayer {
  private final Parameters parameters;
  private final EncoderShape shape;

  PlainEncoderLayer(Parameters parameters, EncoderShape shape) {
    this.parameters = parameters;
    this.shape = shape;
  }

  /** x: (T, D), mask: (T) → (T, D). */
  float[] forward(float[] x, float[] mask) {
    int positions = mask.length;
    double[][] h = new double[positions][shape.hidden()];
    for (int i = 0; i < x.length; i++) {
      h[i / shape.hidden()][i % shape.hidden()] = x[i];
    }
    double[][] q = product(h, "attention.self.query");
    double[][] k = product(h, "attention.self.key");
    double[][] v = product(h, "attention.self.value");
    double[][] a = product(attend(q, k, v, mask), "attention.output.dense");
    h = norm(sum(h, a), "attention.output.LayerNorm");
    double[][] f = product(h, "intermediate.dense");
    for (double[] row : f) {
      Arrays.setAll(row, i -> gelu(row[i]));
    }
    h = norm(sum(h, product(f, "output.dense")), "output.LayerNorm");
    float[] flat = new float[x.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) h[i / shape.hidden()][i % shape.hidden()];
    }
    return flat;
  }

  private double[][] attend(double[][] q, double[][] k, double[][] v, float[] mask) {
    int width = shape.hidden() / shape.heads();
    double[][] y = new double[q.length][shape.hidden()];
    for (int t = 0; t < q.length; t++) {
      for (int head = 0; head < shape.heads(); head++) {
        double[] weights = new double[k.length];
        double total = 0;
        for (int s = 0; s < k.length; s++) {
          double score = 0;
          for (int i = head * width; i < (head + 1) * width; i++) {
            score += q[t][i] * k[s][i];
          }
          weights[s] = mask[s] > 0 ? Math.exp(score / Math.sqrt(width)) : 0;
          total += weights[s];
        }
        for (int s = 0; s < k.length; s++) {
          for (int i = head * width; i < (head + 1) * width; i++) {
            y[t][i] += weights[s] / total * v[s][i];
          }
        }
      }
    }
    return y;
  }

  private double[][] product(double[][] x, String name) {
    float[] weight = values(name + ".weight");
    float[] bias = values(name + ".bias");
    int in = x[0].length;
    double[][] y = new double[x.length][bias.length];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < bias.length; o++) {
        y[t][o] = bias[o];
        for (int i = 0; i < in; i++) {
          y[t][o] += x[t][i] * weight[o * in + i];
        }
      }
    }
    return y;
  }

  private double[][] norm(double[][] x, String name) {
    float[] weight = values(name + ".weight");
    float[] bias = values(name + ".bias");
    for (double[] row : x) {
      double mean = Arrays.stream(row).average().orElseThrow();
      double variance =
          Arrays.stream(row).map(e -> (e - mean) * (e - mean)).average().orElseThrow();
      double scale = 1 / Math.sqrt(variance + shape.epsilon());
      Arrays.setAll(row, i -> (row[i] - mean) * scale * weight[i] + bias[i]);
    }
    return x;
  }

  private static double[][] sum(double[][] x, double[][] y) {
    double[][] sum = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] left = x[t];
      double[] right = y[t];
      sum[t] = new double[left.length];
      Arrays.setAll(sum[t], i -> left[i] + right[i]);
    }
    return sum;
  }

  /** x Φ(x); Φ by Simpson's rule, good to 1e-9. */
  private static double gelu(double x) {
    int steps = 400;
    double width = x / steps;
    double area = 0;
    for (int i = 0; i <= steps; i++) {
      double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
      area += weight * Math.exp(-0.5 * (i * width) * (i * width));
    }
    return x * (0.5 + area * width / 3 / Math.sqrt(2 * Math.PI));
  }

  private float[] values(String name) {
    return parameters.get("layer.0." + name).toFloatArray();
  }
}
