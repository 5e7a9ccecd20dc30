package io.gnomon.nn;

import java.util.Map;

/**
 * The formulas of one decoder layer with a single head, in plain loops and double precision, on one
 * row without a past.
 */
final class PlainDecoderLayer {
  private final Map<String, DecoderParameters.Slice> weights;
  private final DecoderShape shape;

  PlainDecoderLayer(DecoderParameters parameters) {
    this.weights = parameters.split();
    this.shape = parameters.shape();
  }

  /** x: (S, D) → (S, D). */
  double[][] forward(double[][] x) {
    double[][] y = norm(x, "input_layernorm");
    double[][] q = rotate(product(y, "self_attn.q_proj"));
    double[][] k = rotate(product(y, "self_attn.k_proj"));
    double[][] v = product(y, "self_attn.v_proj");
    double[][] h = sum(x, product(attend(q, k, v), "self_attn.o_proj"));
    double[][] z = norm(h, "post_attention_layernorm");
    double[][] gate = product(z, "mlp.gate_proj");
    double[][] up = product(z, "mlp.up_proj");
    for (int t = 0; t < gate.length; t++) {
      for (int i = 0; i < gate[t].length; i++) {
        gate[t][i] *= up[t][i] / (1 + Math.exp(-gate[t][i]));
      }
    }
    return sum(h, product(gate, "mlp.down_proj"));
  }

  private double[][] norm(double[][] x, String name) {
    float[] weight = slice(name);
    double[][] y = new double[x.length][x[0].length];
    for (int t = 0; t < x.length; t++) {
      double square = 0;
      for (double value : x[t]) {
        square += value * value / x[t].length;
      }
      for (int i = 0; i < x[t].length; i++) {
        y[t][i] = x[t][i] / Math.sqrt(square + shape.epsilon()) * weight[i];
      }
    }
    return y;
  }

  private double[][] rotate(double[][] x) {
    int half = shape.headDimension() / 2;
    double[][] y = new double[x.length][2 * half];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < half; i++) {
        double angle = t * Math.pow(shape.rope().theta(), -(double) i / half);
        y[t][i] = x[t][i] * Math.cos(angle) - x[t][i + half] * Math.sin(angle);
        y[t][i + half] = x[t][i + half] * Math.cos(angle) + x[t][i] * Math.sin(angle);
      }
    }
    return y;
  }

  private static double[][] attend(double[][] q, double[][] k, double[][] v) {
    double[][] y = new double[q.length][v[0].length];
    for (int t = 0; t < q.length; t++) {
      double[] weight = new double[t + 1];
      double total = 0;
      for (int s = 0; s <= t; s++) {
        double score = 0;
        for (int i = 0; i < q[t].length; i++) {
          score += q[t][i] * k[s][i];
        }
        weight[s] = Math.exp(score / Math.sqrt(q[t].length));
        total += weight[s];
      }
      for (int s = 0; s <= t; s++) {
        for (int i = 0; i < v[s].length; i++) {
          y[t][i] += weight[s] / total * v[s][i];
        }
      }
    }
    return y;
  }

  private double[][] product(double[][] x, String name) {
    float[] weight = slice(name);
    int width = x[0].length;
    double[][] y = new double[x.length][weight.length / width];
    for (int t = 0; t < x.length; t++) {
      for (int o = 0; o < y[t].length; o++) {
        for (int i = 0; i < width; i++) {
          y[t][o] += x[t][i] * weight[o * width + i];
        }
      }
    }
    return y;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] y = new double[a.length][a[0].length];
    for (int t = 0; t < a.length; t++) {
      for (int i = 0; i < a[t].length; i++) {
        y[t][i] = a[t][i] + b[t][i];
      }
    }
    return y;
  }

  private float[] slice(String name) {
    DecoderParameters.Slice slice = weights.get("model.layers.0." + name + ".weight");
    if (slice == null) {
      throw new IllegalArgumentException(name);
    }
    return slice.values();
  }
}
