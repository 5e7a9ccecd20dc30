package io.gnomon.checkpoint;

import java.util.Arrays;

/** A tensor to be written: float32 values in row-major order, and how they are to be stored. */
public final class StoredTensor {
  private final StoredType type;
  private final long[] shape;
  private final float[] values;

  /**
   * The values are not copied: they may be large.
   *
   * @throws IllegalArgumentException when shape and values differ in size, or the type is not F32,
   *     F16 or BF16
   */
  public StoredTensor(StoredType type, long[] shape, float[] values) {
    if (!type.widens()) {
      throw new IllegalArgumentException("no writing of " + type);
    }
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " for " + values.length + " values");
    }
    this.type = type;
    this.shape = shape.clone();
    this.values = values;
  }

  /** How the values are stored. */
  public StoredType type() {
    return type;
  }

  /** The shape, a fresh array. */
  public long[] shape() {
    return shape.clone();
  }

  /** The values themselves, not a copy. */
  float[] values() {
    return values;
  }

  /** Bytes it takes on disk. */
  long length() {
    return (long) values.length * type.bytes();
  }
}
