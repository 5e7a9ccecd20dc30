package io.gnomon.checkpoint;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** A tensor to be written: float32 values in row-major order, and how they are to be stored. */
public final class StoredTensor {
  private final StoredType type;
  private final long[] shape;
  private final long elements;
  private final ElementSource source;

  /**
   * The values are not copied: they may be large.
   *
   * @throws IllegalArgumentException when shape and values differ in size, or the type is not F32,
   *     F16 or BF16
   */
  public StoredTensor(StoredType type, long[] shape, float[] values) {
    this(
        type,
        shape,
        (from, target, at, count) ->
            System.arraycopy(values, Math.toIntExact(from), target, at, count));
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " for " + values.length + " values");
    }
  }

  /**
   * Values that are made while they are written, a block at a time: the tensor may be larger than
   * an array, and is never held as a whole.
   *
   * @throws IllegalArgumentException when the type is not F32, F16 or BF16
   */
  public StoredTensor(StoredType type, long[] shape, ElementSource source) {
    if (!type.widens()) {
      throw new IllegalArgumentException("no writing of " + type);
    }
    this.type = type;
    this.shape = shape.clone();
    this.elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    this.source = source;
  }

  /** How the values are stored. */
  public StoredType type() {
    return type;
  }

  /** The shape, a fresh array. */
  public long[] shape() {
    return shape.clone();
  }

  /** The same tensor with its values taken from what {@code change} makes of their source. */
  public StoredTensor mapped(UnaryOperator<ElementSource> change) {
    return new StoredTensor(type, shape, change.apply(source));
  }

  /** How many values there are. */
  long elements() {
    return elements;
  }

  /** Where the values come from. */
  ElementSource source() {
    return source;
  }

  /** Bytes it takes on disk. */
  public long length() {
    return elements * type.bytes();
  }
}
