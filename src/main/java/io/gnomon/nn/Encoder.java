package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The encoder of RoBERTa and BERT: layers of self-attention and feed-forward, LayerNorm behind each
 * residual sum (post-LN), exact GELU (Devlin et al. 2019; Liu et al. 2019).
 *
 * <p>Parameters stand under Hugging Face names, {@code PREFIXlayer.N.attention.self.query.weight}
 * and so on. Each layer is one TorchScript kernel. Dropout draws from libtorch's generator: set the
 * engine's seed before a forward to repeat it.
 */
public final class Encoder {
  private static final List<String> PRODUCTS =
      List.of(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "attention.output.LayerNorm",
          "intermediate.dense",
          "output.dense",
          "output.LayerNorm");

  private final List<NDArray[]> layers = new ArrayList<>();
  private final NDArray noMask;
  private final Kernels training;
  private final Kernels inference;

  /**
   * @param parameters holds every name of {@link #shapes}
   * @param prefix what stands before {@code layer.N}, such as {@code roberta.encoder.}
   * @param precision arithmetic of the products; sums and LayerNorm stay float32
   */
  public Encoder(Parameters parameters, String prefix, EncoderShape shape, Precision precision) {
    this(parameters, prefix, shape, precision, precision);
  }

  /**
   * As {@link #Encoder(Parameters, String, EncoderShape, Precision)}, with an arithmetic of its own
   * for calls that carry gradients.
   *
   * @param steps arithmetic where {@code training} is true
   * @param answers arithmetic where it is false
   */
  public Encoder(
      Parameters parameters,
      String prefix,
      EncoderShape shape,
      Precision steps,
      Precision answers) {
    for (int layer = 0; layer < shape.layers(); layer++) {
      layers.add(weights(parameters, prefix, layer));
    }
    this.noMask = parameters.manager().create(new Shape(0));
    this.training = kernels(shape, shape.dropout(), steps);
    this.inference = kernels(shape, 0, answers);
  }

  /** Every parameter's name and shape, layer by layer. */
  public static Map<String, Shape> shapes(String prefix, EncoderShape shape) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (String product : PRODUCTS) {
        String name = name(prefix, layer, product);
        Shape weight = weightShape(product, shape);
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new Shape(weight.get(0)));
      }
    }
    return shapes;
  }

  /**
   * Encodes every position.
   *
   * @param x shape (B, T, D), float32
   * @param mask shape (B, T), positive where a position may be attended to, 0 where it is padding;
   *     null when nothing is padded. A row without any position gives NaN
   * @param training whether gradients flow and dropout acts
   * @return shape (B, T, D), in the manager of {@code x}
   */
  public NDArray forward(NDArray x, @Nullable NDArray mask, boolean training) {
    return run(x, mask, training, layers.size());
  }

  /**
   * Encodes all, returns the first position: the last layer computes nothing else. Arguments as in
   * {@link #forward}.
   *
   * @return shape (B, 1, D), in the manager of {@code x}
   */
  public NDArray first(NDArray x, @Nullable NDArray mask, boolean training) {
    int last = layers.size() - 1;
    NDArray h = run(x, mask, training, last); // (B, T, D)
    NDArray first = layer("first", last, h, mask, training); // (B, 1, D)
    if (h != x) {
      h.close();
    }
    return first;
  }

  private NDArray run(NDArray x, @Nullable NDArray mask, boolean training, int count) {
    NDArray h = x;
    for (int layer = 0; layer < count; layer++) {
      NDArray next = layer("all", layer, h, mask, training); // (B, T, D)
      if (h != x) {
        h.close();
      }
      h = next;
    }
    return h;
  }

  private NDArray layer(
      String method, int layer, NDArray x, @Nullable NDArray mask, boolean train) {
    NDArray[] weights = layers.get(layer);
    NDArray[] inputs = new NDArray[2 + weights.length];
    inputs[0] = x;
    inputs[1] = mask == null ? noMask : mask;
    System.arraycopy(weights, 0, inputs, 2, weights.length);
    return (train ? training : inference).callOne(method, train, inputs);
  }

  private static NDArray[] weights(Parameters parameters, String prefix, int layer) {
    List<NDArray> weights = new ArrayList<>();
    for (String product : PRODUCTS) {
      weights.add(parameters.get(name(prefix, layer, product) + ".weight"));
      weights.add(parameters.get(name(prefix, layer, product) + ".bias"));
    }
    return weights.toArray(new NDArray[0]);
  }

  private static String name(String prefix, int layer, String product) {
    return prefix + "layer." + layer + "." + product;
  }

  private static Shape weightShape(String product, EncoderShape shape) {
    int hidden = shape.hidden();
    return switch (product) {
      case "attention.output.LayerNorm", "output.LayerNorm" -> new Shape(hidden);
      case "intermediate.dense" -> new Shape(shape.feedForward(), hidden);
      case "output.dense" -> new Shape(hidden, shape.feedForward());
      default -> new Shape(hidden, hidden);
    };
  }

  private static Kernels kernels(EncoderShape shape, double dropout, Precision precision) {
    return Kernels.load(
        Encoder.class,
        "encoder.ts.py",
        Map.of(
            "HEADS", Integer.toString(shape.heads()),
            "DROPOUT", String.format(Locale.ROOT, "%.17f", dropout),
            "EPSILON", String.format(Locale.ROOT, "%.17f", shape.epsilon()),
            "SCALAR_TYPE", Integer.toString(precision.scalarType())));
  }
}
