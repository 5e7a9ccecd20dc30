package io.gnomon.checkpoint;

import java.nio.ByteBuffer;

/** float32 to stored elements, rounded to the nearest, ties to even; NaN stays NaN. */
public final class Narrowing {
  private Narrowing() {}

  /** Appends {@code values[from, to)} to {@code target} (little-endian). */
  static void narrow(StoredType type, float[] values, int from, int to, ByteBuffer target) {
    switch (type) {
      case F32 -> {
        target.asFloatBuffer().put(values, from, to - from);
        target.position(target.position() + (to - from) * Float.BYTES);
      }
      case BF16 -> {
        for (int i = from; i < to; i++) {
          target.putShort(brain(values[i]));
        }
      }
      case F16 -> {
        for (int i = from; i < to; i++) {
          target.putShort(half(values[i]));
        }
      }
      default -> throw new IllegalArgumentException("no writing of " + type);
    }
  }

  /** bfloat16: the upper half of the bits. */
  static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short)
          ((bits >>> 16) | 0x40); // the quiet bit, else a low payload would turn infinite
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** IEEE 754 binary16. */
  public static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) { // NaN
      return (short) (sign | 0x7e00 | ((magnitude >>> 13) & 0x1ff));
    }
    if (magnitude >= 0x477ff000) { // from 65520 on, halfway past the largest, 65504
      return (short) (sign | 0x7c00);
    }
    if (magnitude >= 0x38800000) { // from 2^-14 on: normal
      int rebiased = magnitude - (112 << 23);
      return (short) (sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13));
    }
    return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
  }
}
