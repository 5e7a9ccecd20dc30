package io.gnomon.gguf;

import io.gnomon.checkpoint.Widening;

/** Numbers out of stored bytes. */
final class LittleEndian {
  private LittleEndian() {}

  /** An unsigned byte. */
  static int unsigned(byte[] stored, int at) {
    return stored[at] & 0xff;
  }

  /** Sixteen bits. */
  static short bits16(byte[] stored, int at) {
    return (short) (unsigned(stored, at) | unsigned(stored, at + 1) << 8);
  }

  /** Thirty-two bits. */
  static int bits32(byte[] stored, int at) {
    return (bits16(stored, at) & 0xffff) | bits16(stored, at + 2) << 16;
  }

  /** An IEEE 754 binary16. */
  static float half(byte[] stored, int at) {
    return Widening.half(bits16(stored, at));
  }
}
