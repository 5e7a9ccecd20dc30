package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The kernels of {@code decoder.ts.py} and their arguments. Those of a decoder that trains carry
 * gradients.
 */
final class DecoderKernels {
  private final Kernels kernels;
  private final boolean training;

  private DecoderKernels(Kernels kernels, boolean training) {
    this.kernels = kernels;
    this.training = training;
  }

  /**
   * Kernels of a decoder that only answers.
   *
   * @param fewScores scores up to which attention is two products and no fused kernel
   */
  static DecoderKernels frozen(DecoderShape shape, Precision precision, int fewScores) {
    return new DecoderKernels(load(shape, precision, 0, fewScores), false);
  }

  /** Kernels that carry gradients, with {@code dropout} on both residual branches. */
  static DecoderKernels trainable(DecoderShape shape, Precision precision, double dropout) {
    return new DecoderKernels(load(shape, precision, dropout, 0), true);
  }

  private static Kernels load(
      DecoderShape shape, Precision precision, double dropout, int fewScores) {
    return Kernels.load(
        Decoder.class,
        "decoder.ts.py",
        Map.of(
            "TYPE", Integer.toString(precision.scalarType()),
            "EPSILON", Double.toString(shape.epsilon()),
            "DROPOUT", Double.toString(dropout),
            "TRAINING", dropout > 0 ? "True" : "False",
            "FROZEN", fewScores > 0 ? "True" : "False",
            "FEW_SCORES", Integer.toString(fewScores),
            "SCALE", Double.toString(1 / Math.sqrt(shape.headDimension())),
            "HEADS", Integer.toString(shape.heads()),
            "KV_HEADS", Integer.toString(shape.keyValueHeads()),
            "HEAD_DIM", Integer.toString(shape.headDimension())));
  }

  boolean training() {
    return training;
  }

  /** Output (B, S, D), keys and values (B, G, S, E) of layer {@code index}. */
  NDList layer(NDArray x, AttentionWindow window, KeyValueCache past, int index, DecoderLayer own) {
    return kernels.call("layer", training, arguments(x, window, past, index, own));
  }

  /** Keys and values alone, of a layer whose output nobody reads. */
  NDList keysLayer(NDArray x, AttentionWindow window, DecoderLayer own) {
    return kernels.call(
        "keys_layer",
        training,
        x,
        window.cos(),
        window.sin(),
        own.norm1(),
        own.qkv(),
        own.qkvBias());
  }

  /** The layer's output at the last position, (B, 1, D). */
  NDArray lastLayer(
      NDArray x, AttentionWindow window, KeyValueCache past, int index, DecoderLayer own) {
    return kernels.callOne("last_layer", training, arguments(x, window, past, index, own));
  }

  /** The layer's output at the positions {@code ends} (Q), int64: (B, Q, D). */
  NDArray endsLayer(
      NDArray x,
      AttentionWindow window,
      KeyValueCache past,
      int index,
      DecoderLayer own,
      NDArray ends) {
    List<NDArray> inputs = new ArrayList<>(List.of(arguments(x, window, past, index, own)));
    inputs.add(ends);
    return kernels.callOne("ends_layer", training, inputs.toArray(NDArray[]::new));
  }

  /**
   * The layer on one new position a row, (B, 1, D).
   *
   * @param keys (B, G, P + 1, E), the last place to be filled
   * @param values likewise
   */
  NDArray step(NDArray x, AttentionWindow window, NDArray keys, NDArray values, DecoderLayer own) {
    List<NDArray> list = new ArrayList<>(List.of(x, window.cos(), window.sin(), keys, values));
    list.addAll(own.arrays());
    return kernels.callOne("step", training, list.toArray(NDArray[]::new));
  }

  private static NDArray[] arguments(
      NDArray x, AttentionWindow window, KeyValueCache past, int index, DecoderLayer own) {
    List<NDArray> list = new ArrayList<>();
    list.add(x);
    list.add(window.cos());
    list.add(window.sin());
    list.add(window.mask());
    list.add(past.keys().get(index));
    list.add(past.values().get(index));
    list.addAll(own.arrays());
    return list.toArray(NDArray[]::new);
  }

  /** The window as the layers take it; closes the one given. */
  AttentionWindow ready(AttentionWindow window) {
    try (window) {
      NDList out = kernels.call("window", training, window.mask(), window.cos(), window.sin());
      return new AttentionWindow(out.get(0), out.get(1), out.get(2));
    }
  }

  /** {@code past} (1|B, G, P, E) and {@code fresh} (B, G, T, E) as one (B, G, P + T, E). */
  NDArray extend(NDArray past, NDArray fresh) {
    return kernels.callOne("extend", training, past, fresh);
  }

  /** {@code past} (1, G, P, E) for each row of {@code room}, and that behind it. */
  NDArray widen(NDArray past, NDArray room) {
    return kernels.callOne("widen", false, past, room);
  }

  /** Rows of {@code x} by {@code index}, int64. */
  NDArray rows(NDArray x, NDArray index) {
    return kernels.callOne("rows", false, x, index);
  }

  /** Logits (…, R) of {@code rows} (R, D), behind the norm. */
  NDArray readOut(NDArray x, NDArray norm, NDArray rows) {
    return kernels.callOne("read_out", training, x, norm, rows);
  }

  /** {@code array} in the precision of the products. */
  NDArray cast(NDArray array) {
    return kernels.callOne("cast", training, array);
  }

  /** As {@link #cast}, an ordinary array through which no gradient flows. */
  NDArray castCopy(NDArray array) {
    try (NDArray narrow = kernels.callOne("cast", false, array)) {
      // duplicate() turns the inference tensor of a kernel into an ordinary one.
      return narrow.duplicate();
    }
  }
}
