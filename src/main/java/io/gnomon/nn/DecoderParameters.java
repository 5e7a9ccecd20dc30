package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Weights of a {@link Decoder}, read from a checkpoint under Hugging Face names or made at random.
 *
 * <p>Matrices are kept in the decoder's precision; norms in float32. Queries, keys and values are
 * joined in one matrix, gate and up in another; {@link #split()} gives them back apart.
 */
public final class DecoderParameters implements AutoCloseable {
  private static final String NORM = "model.norm.weight";

  private final DecoderShape shape;
  private final Precision precision;
  private final Parameters parameters;

  private DecoderParameters(DecoderShape shape, Precision precision, Parameters parameters) {
    this.shape = shape;
    this.precision = precision;
    this.parameters = parameters;
  }

  /**
   * Reads the layers from {@code source}, one tensor at a time.
   *
   * @throws io.gnomon.config.InputException when a tensor is missing or has another shape
   */
  public static DecoderParameters read(
      DecoderShape shape, TensorSource source, NDManager manager, Precision precision) {
    return read(shape, source, manager, precision, false);
  }

  /** As {@link #read} in float32, each weight requiring a gradient. */
  public static DecoderParameters trainable(
      DecoderShape shape, TensorSource source, NDManager manager) {
    return read(shape, source, manager, Precision.FP32, true);
  }

  private static DecoderParameters read(
      DecoderShape shape,
      TensorSource source,
      NDManager manager,
      Precision precision,
      boolean trainable) {
    DecoderParameters result =
        new DecoderParameters(shape, precision, new Parameters(manager, trainable));
    for (Map.Entry<String, List<Part>> joined : parts(shape).entrySet()) {
      float[] values = values(source, joined.getValue());
      result.add(joined.getKey(), values, joined.getValue());
    }
    return result;
  }

  /**
   * Random weights: normal with standard deviation 0.7/√D (GPT-2's 0.02 is about that at its width,
   * and too small at a narrow one), the two matrices that write to the residual stream scaled by
   * 1/√(2 · layers) as GPT-2 has them; norms one, biases zero.
   */
  public static DecoderParameters random(
      DecoderShape shape, NDManager manager, Precision precision, boolean trainable, long seed) {
    DecoderParameters result =
        new DecoderParameters(shape, precision, new Parameters(manager, trainable));
    int index = 0;
    for (Map.Entry<String, List<Part>> joined : parts(shape).entrySet()) {
      SplittableRandom random = Seeds.random(seed, "decoder", index++);
      String name = joined.getKey();
      float[] values = new float[Math.toIntExact(Part.size(joined.getValue()))];
      double scale = initialScale(name, shape);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            name.contains("norm") ? 1f : scale == 0 ? 0f : (float) (scale * random.nextGaussian());
      }
      result.add(name, values, joined.getValue());
    }
    return result;
  }

  /**
   * Random weights in float32 as {@link #random} scales them, but drawn by libtorch where they lie,
   * from its own generator: a billion of them in seconds. Set the engine's seed before to draw the
   * same again. For measuring speed: a model that learns starts from {@link #random}.
   */
  public static DecoderParameters drawn(DecoderShape shape, NDManager manager) {
    DecoderParameters result =
        new DecoderParameters(shape, Precision.FP32, new Parameters(manager, false));
    parts(shape)
        .forEach(
            (name, joined) -> {
              Shape target = new Shape(Part.joined(joined));
              double scale = initialScale(name, shape);
              NDManager owner = result.manager();
              NDArray array =
                  name.contains("norm")
                      ? owner.ones(target)
                      : scale == 0
                          ? owner.zeros(target)
                          : owner.randomNormal(0, (float) scale, target, DataType.FLOAT32);
              result.parameters.add(name, array);
            });
    return result;
  }

  /**
   * The same weights with their matrices in another precision, in {@code manager}; one matrix at a
   * time is held beside the two.
   */
  public DecoderParameters narrowed(NDManager manager, Precision other) {
    DecoderParameters result = new DecoderParameters(shape, other, new Parameters(manager, false));
    parameters
        .arrays()
        .forEach((name, array) -> result.parameters.add(name, result.stored(name, array)));
    return result;
  }

  private static double initialScale(String name, DecoderShape shape) {
    if (name.endsWith("bias")) {
      return 0;
    }
    boolean residual = name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    double scale = 0.7 / Math.sqrt(shape.hidden());
    return residual ? scale / Math.sqrt(2.0 * shape.layers()) : scale;
  }

  private void add(String name, float[] values, List<Part> parts) {
    Shape target = new Shape(Part.joined(parts));
    try (NDManager scope = parameters.manager().newSubManager()) {
      NDArray array = scope.create(values, target);
      boolean narrow = precision != Precision.FP32 && narrows(name, array);
      parameters.add(name, narrow ? cast(array) : array);
    }
  }

  /** A copy of {@code array} as this precision keeps what is called {@code name}. */
  private NDArray stored(String name, NDArray array) {
    return precision != Precision.FP32 && narrows(name, array) ? cast(array) : array.duplicate();
  }

  /** Whether a weight goes into a product: norms stay float32. */
  static boolean narrows(String name, NDArray array) {
    return array.getShape().dimension() > 1 || name.endsWith("bias");
  }

  private NDArray cast(NDArray array) {
    try (NDArray narrow = Decoder.kernels(shape, precision).callOne("cast", false, array)) {
      // duplicate() turns the inference tensor of a kernel into an ordinary one.
      return narrow.duplicate();
    }
  }

  private static float[] values(TensorSource source, List<Part> parts) {
    if (parts.size() == 1) {
      Part part = parts.get(0);
      source.require(part.name(), part.shape());
      return source.floats(part.name());
    }
    float[] joined = new float[Math.toIntExact(Part.size(parts))];
    int at = 0;
    for (Part part : parts) {
      source.require(part.name(), part.shape());
      float[] values = source.floats(part.name());
      System.arraycopy(values, 0, joined, at, values.length);
      at += values.length;
    }
    return joined;
  }

  /** The decoder's shape. */
  public DecoderShape shape() {
    return shape;
  }

  /** The precision of the matrices. */
  public Precision precision() {
    return precision;
  }

  /** The arrays, joined. */
  public Parameters arrays() {
    return parameters;
  }

  NDManager manager() {
    return parameters.manager();
  }

  NDArray norm() {
    return parameters.get(NORM);
  }

  List<DecoderLayer> layers() {
    return layers(parameters::get);
  }

  /** The layers with the joined weights that {@code weights} gives for their names. */
  List<DecoderLayer> layers(Function<String, NDArray> weights) {
    List<DecoderLayer> layers = new ArrayList<>();
    NDArray none = parameters.manager().create(new Shape(0));
    NDScope.unregister(none); // it lives as long as the weights, whatever scope it is made in
    for (int i = 0; i < shape.layers(); i++) {
      String at = layer(i);
      layers.add(
          new DecoderLayer(
              weights.apply(at + "input_layernorm.weight"),
              weights.apply(at + "self_attn.qkv_proj.weight"),
              shape.bias() ? weights.apply(at + "self_attn.qkv_proj.bias") : none,
              weights.apply(at + "self_attn.o_proj.weight"),
              weights.apply(at + "post_attention_layernorm.weight"),
              weights.apply(at + "mlp.gate_up_proj.weight"),
              weights.apply(at + "mlp.down_proj.weight")));
    }
    return layers;
  }

  /** Every weight under its Hugging Face name, joined matrices apart again; float32 only. */
  public Map<String, Slice> split() {
    Map<String, Slice> slices = new LinkedHashMap<>();
    for (Map.Entry<String, List<Part>> joined : parts(shape).entrySet()) {
      float[] values = parameters.get(joined.getKey()).toFloatArray();
      int at = 0;
      for (Part part : joined.getValue()) {
        float[] slice = new float[Math.toIntExact(Part.size(List.of(part)))];
        System.arraycopy(values, at, slice, 0, slice.length);
        slices.put(part.name(), new Slice(part.shape(), slice));
        at += slice.length;
      }
    }
    return slices;
  }

  /**
   * A tensor as a checkpoint holds it.
   *
   * @param shape its dimensions
   * @param values row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two arrays, never compared
  public record Slice(long[] shape, float[] values) {}

  @Override
  public void close() {
    parameters.close();
  }

  private static String layer(int index) {
    return "model.layers." + index + ".";
  }

  /** Joined name → the checkpoint's tensors that make it up, stacked along the first axis. */
  static Map<String, List<Part>> parts(DecoderShape s) {
    long query = (long) s.heads() * s.headDimension();
    long key = (long) s.keyValueHeads() * s.headDimension();
    Map<String, List<Part>> parts = new LinkedHashMap<>();
    for (int i = 0; i < s.layers(); i++) {
      String at = layer(i);
      String attention = at + "self_attn.";
      parts.put(at + "input_layernorm.weight", vector(at + "input_layernorm.weight", s.hidden()));
      parts.put(
          attention + "qkv_proj.weight",
          List.of(
              new Part(attention + "q_proj.weight", query, s.hidden()),
              new Part(attention + "k_proj.weight", key, s.hidden()),
              new Part(attention + "v_proj.weight", key, s.hidden())));
      if (s.bias()) {
        parts.put(
            attention + "qkv_proj.bias",
            List.of(
                new Part(attention + "q_proj.bias", query),
                new Part(attention + "k_proj.bias", key),
                new Part(attention + "v_proj.bias", key)));
      }
      parts.put(
          attention + "o_proj.weight",
          List.of(new Part(attention + "o_proj.weight", s.hidden(), query)));
      parts.put(
          at + "post_attention_layernorm.weight",
          vector(at + "post_attention_layernorm.weight", s.hidden()));
      parts.put(
          at + "mlp.gate_up_proj.weight",
          List.of(
              new Part(at + "mlp.gate_proj.weight", s.feedForward(), s.hidden()),
              new Part(at + "mlp.up_proj.weight", s.feedForward(), s.hidden())));
      parts.put(
          at + "mlp.down_proj.weight",
          List.of(new Part(at + "mlp.down_proj.weight", s.hidden(), s.feedForward())));
    }
    parts.put(NORM, vector(NORM, s.hidden()));
    return parts;
  }

  private static List<Part> vector(String name, long length) {
    return List.of(new Part(name, length));
  }

  /** One tensor of a checkpoint. */
  @SuppressWarnings("ArrayRecordComponent") // a list of expectations, never compared
  record Part(String name, long... shape) {
    static long size(List<Part> parts) {
      long total = 0;
      for (Part part : parts) {
        long size = 1;
        for (long dimension : part.shape) {
          size *= dimension;
        }
        total += size;
      }
      return total;
    }

    static long[] joined(List<Part> parts) {
      long[] shape = parts.get(0).shape.clone();
      shape[0] = parts.stream().mapToLong(part -> part.shape[0]).sum();
      return shape;
    }
  }
}
