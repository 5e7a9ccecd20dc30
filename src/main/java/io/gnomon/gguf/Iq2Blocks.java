package io.gnomon.gguf;

import java.util.HexFormat;

/**
 * IQ2_XXS: super-blocks of 256 values, eight at a time by a codebook of 256 patterns and a pattern
 * of signs; about 2.06 bits a weight.
 */
final class Iq2Blocks {
  static final int BYTES = 2 + SuperBlocks.SIZE / 4;
  private static final int[] LEVELS = {0x08, 0x19, 0x2b};

  /**
   * The format's codebook, 256 patterns of 8 levels, two bits each from the low bits of a byte on:
   * numbers of the table {@code iq2xxs_grid} in ggml's {@code ggml-common.h}, packed as in {@code
   * gguf-py/gguf/quants.py} (MIT, https://github.com/ggml-org/llama.cpp).
   */
  private static final String PACKED =
      "00000200050008000a00110014002000220028002a0041004400500058006100"
          + "6400800082008a00a20001010401100115014001840198010002020222028202"
          + "010404041004210424044004420448046004810484049004a404000502050805"
          + "200546056905800591050906100640068406a406000805080808140828084108"
          + "440850085208880804094009020a140a01100410101021104010601084109010"
          + "951000110811201150115a118011241245120014081420142514491480141815"
          + "6215001616160118041810184018811800190519a019511a002002200a204420"
          + "6120802082202921482100220222012404241024402456240025412564259026"
          + "082820289428442a014004401040184021402440404048405640604081408440"
          + "9040004120416141804185410142104248425642684200440844204480449944"
          + "124524450046014804481048404845480049584961498249454a904a00500850"
          + "1150195020508050885004514251a4519152905492540a550156545600581158"
          + "195864584059085a046010604060686000615561186260620064056410651265"
          + "84654268008002800a8041808280048118814081118201840484108415844084"
          + "608400854685948509864086608602880489118a0490109024904090a1901691"
          + "8091459200942294449451958198209902a050a085a009a100a218a450a804a9";

  private static final byte[] GRID = unpack();

  private Iq2Blocks() {}

  private static byte[] unpack() {
    byte[] packed = HexFormat.of().parseHex(PACKED);
    byte[] grid = new byte[4 * packed.length];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (byte) LEVELS[packed[i / 4] >> (i % 4 * 2) & 3];
    }
    return grid;
  }

  /**
   * d (binary16), then for each 32 values four bytes that choose patterns and four that hold 7 bits
   * of signs for each pattern and, on top, a 4-bit scale. Value {@code d·(scale + ½)/4·±level}.
   */
  static void decode(byte[] stored, int blocks, float[] values, int to) {
    for (int block = 0; block < blocks; block++) {
      int at = block * BYTES;
      float d = LittleEndian.half(stored, at);
      for (int group = 0; group < SuperBlocks.SIZE / 32; group++) {
        int patterns = at + 2 + group * 8;
        int rest = LittleEndian.bits32(stored, patterns + 4);
        float scale = d * (0.5f + (rest >>> 28)) * 0.25f;
        for (int k = 0; k < 4; k++) {
          int grid = LittleEndian.unsigned(stored, patterns + k) * 8;
          int signs = signs(rest >>> (7 * k) & 0x7f);
          int out = to + block * SuperBlocks.SIZE + group * 32 + k * 8;
          for (int i = 0; i < 8; i++) {
            float level = scale * GRID[grid + i];
            values[out + i] = (signs >> i & 1) == 0 ? level : -level;
          }
        }
      }
    }
  }

  /** Seven bits and an eighth that makes the number of minus signs even: ggml's ksigns_iq2xs. */
  private static int signs(int seven) {
    return seven | (Integer.bitCount(seven) & 1) << 7;
  }
}
