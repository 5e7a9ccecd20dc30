package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The layers of a causal decoder (Llama 2 and 3, Mistral, Qwen 2) over {@link DecoderParameters}:
 * no embedding, no vocabulary; vectors in, vectors out. Safe for several threads while the weights
 * rest.
 */
public final class Decoder {
  /** 32 MiB of scores in bfloat16: about a last-level cache. */
  private static final int FEW_SCORES = 1 << 24;

  private final DecoderParameters parameters;
  private final Precision precision;
  private final DecoderShape shape;
  private final Kernels kernels;
  private final boolean training;
  private final List<DecoderLayer> layers;
  private final NDArray norm;
  private final NDManager manager;
  private final RopeTables rope;

  /** A decoder that only answers. */
  public static Decoder frozen(DecoderParameters parameters) {
    return new Decoder(parameters, parameters.precision(), false, 0);
  }

  /** A decoder whose calls carry gradients, with {@code dropout} on both residual branches. */
  public static Decoder trainable(DecoderParameters parameters, double dropout) {
    return trainable(parameters, dropout, Precision.FP32);
  }

  /**
   * As {@link #trainable(DecoderParameters, double)} with products in {@code precision} while the
   * weights stay float32; call {@link #now} in each step.
   */
  public static Decoder trainable(
      DecoderParameters parameters, double dropout, Precision precision) {
    return new Decoder(parameters, precision, true, dropout);
  }

  private Decoder(
      DecoderParameters parameters, Precision precision, boolean training, double dropout) {
    this.parameters = parameters;
    this.precision = precision;
    this.shape = parameters.shape();
    this.training = training;
    this.kernels = kernels(shape, precision, dropout, few(parameters, training));
    this.layers = parameters.layers();
    this.norm = parameters.norm();
    this.manager = parameters.manager();
    this.rope = new RopeTables(shape.rope(), shape.headDimension());
  }

  private Decoder(Decoder like, List<DecoderLayer> layers) {
    this.parameters = like.parameters;
    this.precision = like.precision;
    this.shape = like.shape;
    this.training = like.training;
    this.kernels = like.kernels;
    this.layers = layers;
    this.norm = like.norm;
    this.manager = like.manager;
    this.rope = like.rope;
  }

  /**
   * The decoder of one step: on its weights as they are now, in the precision of its products,
   * gradients flowing through the cast. The casts belong to the scope of the caller's step.
   */
  public Decoder now() {
    return precision == parameters.precision() ? this : over(parameters.arrays()::get);
  }

  /** As {@link #now} on the joined weights that {@code weights} gives for their names. */
  Decoder over(Function<String, NDArray> weights) {
    return new Decoder(this, parameters.layers(name -> narrow(name, weights.apply(name))));
  }

  private NDArray narrow(String name, NDArray weight) {
    return precision == parameters.precision() || !DecoderParameters.narrows(name, weight)
        ? weight
        : kernels.callOne("cast", training, weight);
  }

  /**
   * Scores up to which attention is two products and no fused kernel. A card's fused kernel is
   * always the faster; one that trains keeps to the fused kernel as well, which need not keep the
   * scores for the way back.
   */
  private static int few(DecoderParameters parameters, boolean training) {
    return training || parameters.manager().getDevice().isGpu() ? 0 : FEW_SCORES;
  }

  /** Kernels to cast with, for which the rest does not matter. */
  static Kernels kernels(DecoderShape shape, Precision precision) {
    return kernels(shape, precision, 0, 0);
  }

  private static Kernels kernels(
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

  /** The decoder's shape. */
  public DecoderShape shape() {
    return shape;
  }

  /**
   * Runs {@code x} once and keeps its keys and values; those of a trainable decoder carry gradients
   * back to its weights and to x.
   *
   * @param x (1, P, D); P may be 0
   */
  public KeyValueCache cache(NDArray x) {
    int length = (int) x.getShape().get(1);
    NDManager owner = manager.newSubManager();
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    if (length == 0) {
      Shape none = new Shape(1, shape.keyValueHeads(), 0, shape.headDimension());
      try (NDArray empty = owner.create(none, DataType.FLOAT32)) {
        for (int i = 0; i < layers.size(); i++) {
          keys.add(kernels.callOne("cast", false, empty).duplicate());
          values.add(kernels.callOne("cast", false, empty).duplicate());
        }
      }
      return new KeyValueCache(owner, keys, values, 0);
    }
    try (NDManager scope = owner.newSubManager();
        KeyValueCache none = cache(emptyInput(scope));
        AttentionWindow window = causal(x, none, scope, training)) {
      NDArray state = x;
      for (int i = 0; i < layers.size(); i++) {
        NDList out = kernels.call("layer", training, arguments(state, window, none, i));
        state = out.get(0);
        state.attach(scope);
        keys.add(out.get(1));
        values.add(out.get(2));
        keys.get(i).attach(owner);
        values.get(i).attach(owner);
      }
    }
    return new KeyValueCache(owner, keys, values, length);
  }

  /**
   * Runs {@code x} behind {@code past} and keeps the keys and values of both.
   *
   * @param x (B, T, D), row i padded on the right behind {@code lengths[i]} vectors
   * @return (B, G, P + T, E) a layer, owned by a child of x's manager
   */
  KeyValueCache extend(NDArray x, KeyValueCache past, int[] lengths) {
    int width = length(x, past);
    NDManager owner = x.getManager().newSubManager();
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    try (NDManager scope = owner.newSubManager();
        AttentionWindow window = inputs(scope, past.length(), lengths, width)) {
      NDArray state = x;
      for (int i = 0; i < layers.size(); i++) {
        NDList out = i < layers.size() - 1 ? layer(state, window, past, i) : keys(state, window, i);
        out.attach(scope);
        keys.add(joined(past.keys().get(i), out.get(out.size() - 2), owner));
        values.add(joined(past.values().get(i), out.get(out.size() - 1), owner));
        if (state != x) {
          state.close();
        }
        state = out.get(0);
      }
    }
    return new KeyValueCache(owner, keys, values, past.length() + width);
  }

  private NDList layer(NDArray x, AttentionWindow window, KeyValueCache past, int layer) {
    return kernels.call("layer", training, arguments(x, window, past, layer));
  }

  /** Keys and values alone, of the last layer, whose output nobody reads. */
  private NDList keys(NDArray x, AttentionWindow window, int layer) {
    DecoderLayer own = layers.get(layer);
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

  private NDArray joined(NDArray past, NDArray fresh, NDManager owner) {
    NDArray whole = kernels.callOne("extend", training, past, fresh);
    whole.attach(owner);
    fresh.close();
    return whole;
  }

  private AttentionWindow inputs(NDManager owner, int past, int[] lengths, int width) {
    boolean padded = Arrays.stream(lengths).anyMatch(length -> length != width);
    AttentionWindow window =
        padded
            ? AttentionWindow.padded(owner, rope, past, lengths, width, 0)
            : AttentionWindow.causal(owner, rope, past, width);
    return ready(window, training);
  }

  /** The window of endings behind inputs; see {@link AttentionWindow#endings}. */
  AttentionWindow endings(NDManager owner, int prefix, int width, int[] lengths, int[] sizes) {
    return ready(AttentionWindow.endings(owner, rope, prefix, width, lengths, sizes), training);
  }

  /**
   * The last layer's output at some positions.
   *
   * @param x (B, S, D)
   * @param past (1|B, G, P, E) a layer
   * @param ends (Q) positions in x, int64
   * @return (B, Q, D)
   */
  NDArray lastOf(
      NDArray x, KeyValueCache past, AttentionWindow window, NDArray ends, NDManager scope) {
    NDArray state = run(x, past, window, layers.size() - 1, scope);
    List<NDArray> inputs =
        new ArrayList<>(List.of(arguments(state, window, past, layers.size() - 1)));
    inputs.add(ends);
    return kernels.callOne("ends_layer", training, inputs.toArray(NDArray[]::new));
  }

  private NDArray emptyInput(NDManager owner) {
    return owner.create(new Shape(1, 0, shape.hidden()), DataType.FLOAT32);
  }

  /**
   * The last layer's output at the last position, not yet normed.
   *
   * @param x (B, S, D), behind {@code past}
   * @return (B, D), in x's manager
   */
  public NDArray last(NDArray x, KeyValueCache past) {
    try (AttentionWindow window = causal(x, past, x.getManager(), training)) {
      return last(x, past, window);
    }
  }

  /**
   * As {@link #last(NDArray, KeyValueCache)} where row i of x holds {@code lengths[i]} vectors,
   * padding on the right up to S − suffix, and {@code suffix} vectors that close every row.
   *
   * @param suffix at least 1: the last position must be no row's padding
   */
  public NDArray last(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    try (AttentionWindow window = padded(x, past, lengths, suffix)) {
      return last(x, past, window);
    }
  }

  private NDArray last(NDArray x, KeyValueCache past, AttentionWindow window) {
    try (NDManager scope = x.getManager().newSubManager()) {
      NDArray state = run(x, past, window, layers.size() - 1, scope);
      NDArray y =
          kernels.callOne(
              "last_layer", training, arguments(state, window, past, layers.size() - 1));
      y.attach(scope);
      NDArray flat = y.reshape(x.getShape().get(0), shape.hidden());
      flat.attach(x.getManager());
      return flat;
    }
  }

  /**
   * The last layer's output at every position, not yet normed.
   *
   * @param x (B, S, D), behind {@code past}
   * @return (B, S, D), in x's manager
   */
  public NDArray all(NDArray x, KeyValueCache past) {
    try (AttentionWindow window = causal(x, past, x.getManager(), training)) {
      return all(x, past, window);
    }
  }

  /**
   * As {@link #all(NDArray, KeyValueCache)} of rows laid out as {@link #last(NDArray,
   * KeyValueCache, int[], int)} takes them; at padding the output means nothing.
   */
  public NDArray all(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    try (AttentionWindow window = padded(x, past, lengths, suffix)) {
      return all(x, past, window);
    }
  }

  private NDArray all(NDArray x, KeyValueCache past, AttentionWindow window) {
    try (NDManager scope = x.getManager().newSubManager()) {
      NDArray y = run(x, past, window, layers.size(), scope);
      y.attach(x.getManager());
      return y;
    }
  }

  /**
   * Logits of {@code rows} of the output matrix.
   *
   * @param x (…, D) as {@link #last} or {@link #all} gave it
   * @param rows (R, D) float32
   * @return (…, R) float32
   */
  public NDArray readOut(NDArray x, NDArray rows) {
    return kernels.callOne("read_out", training, x, norm, rows);
  }

  /**
   * Room for {@code rows} sequences that begin with what {@code past} holds.
   *
   * @param past of one row
   * @param more positions that each may grow by
   * @throws InputException when these are more than the decoder has
   */
  public Continuations continuations(KeyValueCache past, int rows, int more) {
    NDManager owner = manager.newSubManager();
    try {
      return new Continuations(this, kernels, owner, past, rows, more);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /**
   * All layers on one position a row.
   *
   * @param x (B, 1, D)
   * @param keys a layer each, (B, G, P + 1, E); the last place is filled
   * @param values likewise
   * @return (B, 1, D) in {@code scope}
   */
  NDArray step(NDArray x, List<NDArray> keys, List<NDArray> values, NDManager scope) {
    int seen = (int) keys.get(0).getShape().get(2) - 1;
    try (AttentionWindow window = ready(AttentionWindow.causal(scope, rope, seen, 1), training)) {
      NDArray state = x;
      for (int i = 0; i < layers.size(); i++) {
        List<NDArray> list =
            new ArrayList<>(List.of(state, window.cos(), window.sin(), keys.get(i), values.get(i)));
        list.addAll(layers.get(i).arrays());
        state = kernels.callOne("step", training, list.toArray(NDArray[]::new));
        state.attach(scope);
      }
      return state;
    }
  }

  private NDArray run(
      NDArray x, KeyValueCache past, AttentionWindow window, int count, NDManager scope) {
    NDArray state = x;
    for (int i = 0; i < count; i++) {
      NDList out = layer(state, window, past, i);
      out.attach(scope);
      if (!training && state != x) {
        state.close();
      }
      state = out.get(0);
      if (!training) {
        out.get(1).close();
        out.get(2).close();
      }
    }
    return state;
  }

  private NDArray[] arguments(NDArray x, AttentionWindow window, KeyValueCache past, int layer) {
    List<NDArray> list = new ArrayList<>();
    list.add(x);
    list.add(window.cos());
    list.add(window.sin());
    list.add(window.mask());
    list.add(past.keys().get(layer));
    list.add(past.values().get(layer));
    list.addAll(layers.get(layer).arrays());
    return list.toArray(NDArray[]::new);
  }

  private AttentionWindow causal(
      NDArray x, KeyValueCache past, NDManager owner, boolean gradients) {
    return ready(AttentionWindow.causal(owner, rope, past.length(), length(x, past)), gradients);
  }

  private AttentionWindow padded(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    if (suffix < 1) {
      throw new IllegalArgumentException("suffix: expected at least 1, found " + suffix);
    }
    int width = length(x, past) - suffix;
    return ready(
        AttentionWindow.padded(x.getManager(), rope, past.length(), lengths, width, suffix),
        training);
  }

  /** The window as the layers take it. */
  private AttentionWindow ready(AttentionWindow window, boolean gradients) {
    try (window) {
      NDList out = kernels.call("window", gradients, window.mask(), window.cos(), window.sin());
      return new AttentionWindow(out.get(0), out.get(1), out.get(2));
    }
  }

  private int length(NDArray x, KeyValueCache past) {
    int length = (int) x.getShape().get(1);
    requireRoom(past.length(), length);
    return length;
  }

  /** Refuses {@code length} vectors behind {@code past} where positions do not reach so far. */
  void requireRoom(int past, int length) {
    if (past + length > shape.maxPositions()) {
      throw new InputException(
          "input: expected at most "
              + (shape.maxPositions() - past)
              + " vectors behind the prefix (the teacher has "
              + shape.maxPositions()
              + " positions), found "
              + length
              + "; shorten the text or lower the length");
    }
  }
}
