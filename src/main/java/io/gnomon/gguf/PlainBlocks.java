package io.gnomon.gguf;

/**
 * Types without quantization, and the two oldest with: blocks of 32 values that share one scale.
 *
 * <p>Sums and products are float32 in the order of ggml's own dequantizers, so that every value
 * comes out the same to the last bit.
 */
final class PlainBlocks {
  private static final int SIZE = 32;

  private PlainBlocks() {}

  /** F32: as they are. */
  static void f32(byte[] stored, int blocks, float[] values, int to) {
    for (int i = 0; i < blocks; i++) {
      values[to + i] = Float.intBitsToFloat(LittleEndian.bits32(stored, i * Float.BYTES));
    }
  }

  /** F16: IEEE 754 binary16. */
  static void f16(byte[] stored, int blocks, float[] values, int to) {
    for (int i = 0; i < blocks; i++) {
      values[to + i] = LittleEndian.half(stored, i * Short.BYTES);
    }
  }

  /** BF16: the upper half of a float32. */
  static void bf16(byte[] stored, int blocks, float[] values, int to) {
    for (int i = 0; i < blocks; i++) {
      values[to + i] = Float.intBitsToFloat(LittleEndian.bits16(stored, i * Short.BYTES) << 16);
    }
  }

  /**
   * Q4_0: scale d (binary16), 16 bytes of two 4-bit numbers q; values i and i + 16 are the low and
   * the high half of byte i. Value {@code d·(q − 8)}.
   */
  static void q40(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int at = block * (2 + SIZE / 2);
      float d = LittleEndian.half(stored, at);
      int out = to + block * SIZE;
      for (int i = 0; i < SIZE / 2; i++) {
        int pair = LittleEndian.unsigned(stored, at + 2 + i);
        values[out + i] = d * ((pair & 0xf) - 8);
        values[out + i + SIZE / 2] = d * ((pair >> 4) - 8);
      }
    }
  }

  /** Q8_0: scale d (binary16), 32 signed bytes q. Value {@code d·q}. */
  static void q80(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int at = block * (2 + SIZE);
      float d = LittleEndian.half(stored, at);
      for (int i = 0; i < SIZE; i++) {
        values[to + block * SIZE + i] = d * stored[at + 2 + i];
      }
    }
  }
}
