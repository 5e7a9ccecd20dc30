package io.gnomon.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Stored elements to float32, in bulk. Lossless: NaN payloads and signed zeros are kept. */
public final class Widening {
  private static final int BLOCK = 1 << 12;

  private Widening() {}

  /** Widens all of {@code source} (little-endian) to {@code target}. */
  static void widen(StoredType type, ByteBuffer source, FloatBuffer target) {
    switch (type) {
      case F32 -> target.put(source.asFloatBuffer());
      case BF16, F16 -> widenShorts(type, source.asShortBuffer(), target);
      default -> throw new IllegalArgumentException(type + " does not widen to float32");
    }
  }

  private static void widenShorts(StoredType type, ShortBuffer source, FloatBuffer target) {
    short[] stored = new short[BLOCK];
    float[] wide = new float[BLOCK];
    while (source.hasRemaining()) {
      int count = Math.min(BLOCK, source.remaining());
      source.get(stored, 0, count);
      if (type == StoredType.BF16) {
        brains(stored, wide, count);
      } else {
        halves(stored, wide, count);
      }
      target.put(wide, 0, count);
    }
  }

  private static void brains(short[] stored, float[] wide, int count) {
    for (int i = 0; i < count; i++) {
      wide[i] = Float.intBitsToFloat(stored[i] << 16);
    }
  }

  private static void halves(short[] stored, float[] wide, int count) {
    for (int i = 0; i < count; i++) {
      wide[i] = half(stored[i]);
    }
  }

  /** IEEE 754 binary16 to binary32: the exponent moves from bias 15 to bias 127. */
  public static float half(short stored) {
    int sign = (stored & 0x8000) << 16;
    int magnitude = stored & 0x7fff;
    if (magnitude >= 0x7c00) { // infinite, or NaN
      return Float.intBitsToFloat(sign | 0x7f800000 | ((magnitude & 0x3ff) << 13));
    }
    if (magnitude >= 0x0400) {
      return Float.intBitsToFloat(sign | ((magnitude << 13) + (112 << 23)));
    }
    float subnormal = magnitude * 0x1p-24f;
    return sign == 0 ? subnormal : -subnormal;
  }
}
