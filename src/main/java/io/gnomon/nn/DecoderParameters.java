package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.checkpoint.TensorSource;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Weights of a {@link Decoder}, read from a checkpoint under Hugging Face names or made by {@link
 * DecoderInitializer}.
 *
 * <p>Matrices are kept in the decoder's precision; norms in float32. Queries, keys and values are
 * joined in one matrix, gate and up in another; {@link #split()} gives them back apart.
 */
public final class DecoderParameters implements AutoCloseable {
  private final DecoderShape shape;
  private final Precision precision;
  private final Parameters parameters;

  private DecoderParameters(DecoderShape shape, Precision precision, Parameters parameters) {
    this.shape = shape;
    this.precision = precision;
    this.parameters = parameters;
  }

  /** Without any weight yet; those of {@link DecoderLayout#parts} are to be added. */
  static DecoderParameters empty(
      DecoderShape shape, NDManager manager, Precision precision, boolean trainable) {
    return new DecoderParameters(shape, precision, new Parameters(manager, trainable));
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
    DecoderParameters result = empty(shape, manager, precision, trainable);
    for (Map.Entry<String, List<TensorPart>> joined : DecoderLayout.parts(shape).entrySet()) {
      float[] values = values(source, joined.getValue());
      result.add(joined.getKey(), values, joined.getValue());
    }
    return result;
  }

  /**
   * The same weights with their matrices in another precision, in {@code manager}; one matrix at a
   * time is held beside the two.
   */
  public DecoderParameters narrowed(NDManager manager, Precision other) {
    DecoderParameters result = empty(shape, manager, other, false);
    parameters
        .arrays()
        .forEach((name, array) -> result.parameters.add(name, result.stored(name, array)));
    return result;
  }

  /** Takes {@code values} over as the weight that {@code parts} make up. */
  void add(String name, float[] values, List<TensorPart> parts) {
    Shape target = new Shape(TensorPart.joined(parts));
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
    // Kernels to cast with, for which the rest does not matter.
    return DecoderKernels.frozen(shape, precision, 0).castCopy(array);
  }

  private static float[] values(TensorSource source, List<TensorPart> parts) {
    if (parts.size() == 1) {
      TensorPart part = parts.get(0);
      source.require(part.name(), part.shape());
      return source.floats(part.name());
    }
    float[] joined = new float[Math.toIntExact(TensorPart.size(parts))];
    int at = 0;
    for (TensorPart part : parts) {
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
    return parameters.get(DecoderLayout.NORM);
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
      String at = DecoderLayout.layer(i);
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
    for (Map.Entry<String, List<TensorPart>> joined : DecoderLayout.parts(shape).entrySet()) {
      float[] values = parameters.get(joined.getKey()).toFloatArray();
      int at = 0;
      for (TensorPart part : joined.getValue()) {
        float[] slice = new float[Math.toIntExact(TensorPart.size(List.of(part)))];
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
}
