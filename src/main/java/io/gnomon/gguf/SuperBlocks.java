package io.gnomon.gguf;

/**
 * The K quantizations: super-blocks of 256 values, in groups of 16 or 32 with small integer scales
 * of their own below one or two binary16 scales of the whole.
 *
 * <p>Value e of a super-block; the layout of each type says where its bits are. Products are
 * float32 in the order of ggml's own dequantizers.
 */
final class SuperBlocks {
  /** Values of a super-block. */
  static final int SIZE = 256;

  private SuperBlocks() {}

  /** Bytes of each type's super-block. */
  static final int Q2_BYTES = SIZE / 16 + SIZE / 4 + 4;

  static final int Q3_BYTES = SIZE / 8 + SIZE / 4 + 12 + 2;
  static final int Q4_BYTES = 4 + 12 + SIZE / 2;
  static final int Q5_BYTES = 4 + 12 + SIZE / 8 + SIZE / 2;
  static final int Q6_BYTES = SIZE / 2 + SIZE / 4 + SIZE / 16 + 2;

  /**
   * Q2_K: 16 bytes of scale (low half) and minimum (high half) for groups of 16; 64 bytes of 2-bit
   * q; d, dmin. Value {@code d·scale·q − dmin·minimum}.
   */
  static void q2(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int scales = block * Q2_BYTES;
      int quants = scales + SIZE / 16;
      float d = LittleEndian.half(stored, quants + SIZE / 4);
      float dmin = LittleEndian.half(stored, quants + SIZE / 4 + 2);
      for (int group = 0; group < SIZE / 16; group++) {
        int both = LittleEndian.unsigned(stored, scales + group);
        float scale = d * (both & 0xf);
        float minimum = dmin * (both >> 4);
        for (int e = group * 16; e < group * 16 + 16; e++) {
          values[to + block * SIZE + e] = scale * twoBits(stored, quants, e) - minimum;
        }
      }
    }
  }

  /** Of each 128 values, four runs of 32 share 32 bytes, two bits each. */
  private static int twoBits(byte[] stored, int quants, int e) {
    return stored[quants + e / 128 * 32 + e % 32] >> (e % 128 / 32 * 2) & 3;
  }

  /**
   * Q3_K: 32 bytes of high bits (bit e/32 of byte e mod 32); 64 bytes of 2-bit low parts as Q2_K;
   * 12 bytes of 6-bit scales for groups of 16; d. Value {@code d·(scale − 32)·(q − 4)}.
   */
  static void q3(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int high = block * Q3_BYTES;
      int quants = high + SIZE / 8;
      int scales = quants + SIZE / 4;
      float d = LittleEndian.half(stored, scales + 12);
      for (int group = 0; group < SIZE / 16; group++) {
        float scale = d * (sixBits(stored, scales, group) - 32);
        for (int e = group * 16; e < group * 16 + 16; e++) {
          int top = stored[high + e % 32] >> (e / 32) & 1;
          values[to + block * SIZE + e] = scale * (twoBits(stored, quants, e) + 4 * top - 4);
        }
      }
    }
  }

  /**
   * Low four bits in the halves of bytes 0 to 7, high two in bytes 8 to 11, a pair of bits each.
   */
  private static int sixBits(byte[] stored, int scales, int group) {
    int low = stored[scales + group % 8] >> (group / 8 * 4) & 0xf;
    int high = stored[scales + 8 + group % 4] >> (group / 4 * 2) & 3;
    return low | high << 4;
  }

  /**
   * Q4_K: d, dmin; 12 bytes of 6-bit scales and minima for groups of 32; 128 bytes of 4-bit q, two
   * groups sharing 32 bytes. Value {@code d·scale·q − dmin·minimum}.
   */
  static void q4(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int at = block * Q4_BYTES;
      for (int group = 0; group < SIZE / 32; group++) {
        float scale = LittleEndian.half(stored, at) * scale(stored, at + 4, group);
        float minimum = LittleEndian.half(stored, at + 2) * minimum(stored, at + 4, group);
        int quants = at + 16 + group / 2 * 32;
        int out = to + block * SIZE + group * 32;
        for (int i = 0; i < 32; i++) {
          values[out + i] = scale * fourBits(stored, quants + i, group) - minimum;
        }
      }
    }
  }

  /**
   * Q5_K: as Q4_K, with 32 bytes of fifth bits (bit e/32 of byte e mod 32) before the 4-bit parts.
   */
  static void q5(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int at = block * Q5_BYTES;
      for (int group = 0; group < SIZE / 32; group++) {
        float scale = LittleEndian.half(stored, at) * scale(stored, at + 4, group);
        float minimum = LittleEndian.half(stored, at + 2) * minimum(stored, at + 4, group);
        int quants = at + 48 + group / 2 * 32;
        int out = to + block * SIZE + group * 32;
        for (int i = 0; i < 32; i++) {
          int top = stored[at + 16 + i] >> group & 1;
          values[out + i] = scale * (fourBits(stored, quants + i, group) | top << 4) - minimum;
        }
      }
    }
  }

  /** Even groups lie in the low halves, odd ones in the high halves. */
  private static int fourBits(byte[] stored, int at, int group) {
    return stored[at] >> (group % 2 * 4) & 0xf;
  }

  /** Groups 0 to 3 in bytes 0 to 3; 4 to 7 in the low half of 8 to 11, topped from 0 to 3. */
  private static int scale(byte[] stored, int at, int group) {
    return group < 4
        ? stored[at + group] & 0x3f
        : (stored[at + 4 + group] & 0xf) | (stored[at + group - 4] >> 6 & 3) << 4;
  }

  /** Groups 0 to 3 in bytes 4 to 7; 4 to 7 in the high half of 8 to 11, topped from 4 to 7. */
  private static int minimum(byte[] stored, int at, int group) {
    return group < 4
        ? stored[at + 4 + group] & 0x3f
        : (stored[at + 4 + group] >> 4 & 0xf) | (stored[at + group] >> 6 & 3) << 4;
  }

  /**
   * Q6_K: 128 bytes of 4-bit low parts, 64 of 2-bit high parts, 16 signed scales for groups of 16,
   * d. Value {@code d·scale·(q − 32)}.
   */
  static void q6(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int low = block * Q6_BYTES;
      int high = low + SIZE / 2;
      int scales = high + SIZE / 4;
      float d = LittleEndian.half(stored, scales + SIZE / 16);
      for (int group = 0; group < SIZE / 16; group++) {
        float scale = d * stored[scales + group];
        for (int e = group * 16; e < group * 16 + 16; e++) {
          // Of each 128 values, 64 bytes of low parts: two runs of 32 in the low halves, then two
          // in the high ones.
          int pair = stored[low + e / 128 * 64 + e % 64] >> (e % 128 / 64 * 4) & 0xf;
          int q = pair | twoBits(stored, high, e) << 4;
          values[to + block * SIZE + e] = scale * (q - 32);
        }
      }
    }
  }
}
