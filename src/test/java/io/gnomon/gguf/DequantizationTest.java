package io.gnomon.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each type on a block packed by hand, value by value as the format describes it, and on random
 * blocks against the reference implementation.
 */
class DequantizationTest {
  /** binary16 of 0.5, 0.25 and −2. */
  private static final int HALF = 0x3800;

  private static final int QUARTER = 0x3400;
  private static final int MINUS_TWO = 0xc000;

  @ParameterizedTest
  @EnumSource(
      value = GgmlType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"F32", "F16", "BF16"})
  void randomBlocksGiveTheReferencesValues(GgmlType type) throws IOException {
    try (InputStream in = DequantizationTest.class.getResourceAsStream("blocks.json")) {
      JsonNode golden =
          JsonMapper.shared().readTree(Objects.requireNonNull(in)).path("types").path(type.name());
      byte[] stored = HexFormat.of().parseHex(golden.path("stored").asString());
      float[] expected = JsonMapper.shared().treeToValue(golden.get("values"), float[].class);
      assertEquals(2 * type.blockBytes(), stored.length);
      assertEquals(2 * type.blockSize(), expected.length);
      // To the last bit: the same float32 products in the same order.
      assertArrayEquals(expected, decode(type, stored, 2));
    }
  }

  private static float[] decode(GgmlType type, byte[] stored, int blocks) {
    float[] values = new float[3 + blocks * type.blockSize()];
    type.decoder().decode(stored, blocks, values, 3);
    float[] behind = new float[blocks * type.blockSize()];
    System.arraycopy(values, 3, behind, 0, behind.length);
    return behind;
  }

  private static void half(byte[] stored, int at, int bits) {
    stored[at] = (byte) bits;
    stored[at + 1] = (byte) (bits >> 8);
  }

  /** Sets {@code count} bits of byte {@code at} from bit {@code shift} on. */
  private static void bits(byte[] stored, int at, int shift, int value) {
    stored[at] |= (byte) (value << shift);
  }

  @Test
  void plainTypesAreReadAsTheyAre() {
    assertArrayEquals(
        new float[] {1.5f, -0.1f},
        decode(GgmlType.F32, HexFormat.of().parseHex("0000c03fcdccccbd"), 2));
    assertArrayEquals(
        new float[] {0.5f, -2, 0x1p-24f},
        decode(GgmlType.F16, HexFormat.of().parseHex("003800c00100"), 3));
    assertArrayEquals(
        new float[] {1, -3.140625f}, decode(GgmlType.BF16, HexFormat.of().parseHex("803f49c0"), 2));
  }

  @Test
  void q40() {
    byte[] stored = new byte[18];
    half(stored, 0, HALF);
    float[] expected = new float[32];
    for (int e = 0; e < 32; e++) {
      int q = (5 * e + 3) % 16;
      bits(stored, 2 + e % 16, e < 16 ? 0 : 4, q);
      expected[e] = 0.5f * (q - 8);
    }
    assertArrayEquals(expected, decode(GgmlType.Q4_0, stored, 1));
  }

  @Test
  void q80() {
    byte[] stored = new byte[34];
    half(stored, 0, MINUS_TWO);
    float[] expected = new float[32];
    for (int e = 0; e < 32; e++) {
      stored[2 + e] = (byte) (e * 8 - 128);
      expected[e] = -2f * (e * 8 - 128);
    }
    assertArrayEquals(expected, decode(GgmlType.Q8_0, stored, 1));
  }

  @Test
  void q2() {
    byte[] stored = new byte[84];
    half(stored, 80, HALF);
    half(stored, 82, QUARTER);
    float[] expected = new float[256];
    for (int group = 0; group < 16; group++) {
      int scale = (7 * group + 2) % 16;
      int minimum = (3 * group + 1) % 16;
      stored[group] = (byte) (scale | minimum << 4);
      for (int e = 16 * group; e < 16 * group + 16; e++) {
        int q = (e * e + group) % 4;
        bits(stored, 16 + 32 * (e / 128) + e % 32, 2 * (e / 32 % 4), q);
        expected[e] = 0.5f * scale * q - 0.25f * minimum;
      }
    }
    assertArrayEquals(expected, decode(GgmlType.Q2_K, stored, 1));
  }

  @Test
  void q3() {
    byte[] stored = new byte[110];
    half(stored, 108, QUARTER);
    float[] expected = new float[256];
    for (int group = 0; group < 16; group++) {
      int scale = (11 * group + 5) % 64;
      bits(stored, 96 + group % 8, group < 8 ? 0 : 4, scale & 15);
      bits(stored, 104 + group % 4, 2 * (group / 4), scale >> 4);
      for (int e = 16 * group; e < 16 * group + 16; e++) {
        int q = (3 * e + group) % 8;
        bits(stored, e % 32, e / 32, q >> 2);
        bits(stored, 32 + 32 * (e / 128) + e % 32, 2 * (e / 32 % 4), q & 3);
        expected[e] = 0.25f * (scale - 32) * (q - 4);
      }
    }
    assertArrayEquals(expected, decode(GgmlType.Q3_K, stored, 1));
  }

  /** The 6-bit scales and minima that Q4_K and Q5_K share, in the 12 bytes from {@code at} on. */
  private static void scales(byte[] stored, int at, int group, int scale, int minimum) {
    if (group < 4) {
      bits(stored, at + group, 0, scale);
      bits(stored, at + 4 + group, 0, minimum);
    } else {
      bits(stored, at + 8 + group - 4, 0, scale & 15);
      bits(stored, at + 8 + group - 4, 4, minimum & 15);
      bits(stored, at + group - 4, 6, scale >> 4);
      bits(stored, at + 4 + group - 4, 6, minimum >> 4);
    }
  }

  @Test
  void q4() {
    byte[] stored = new byte[144];
    half(stored, 0, HALF);
    half(stored, 2, MINUS_TWO);
    float[] expected = new float[256];
    for (int group = 0; group < 8; group++) {
      int scale = (23 * group + 19) % 64;
      int minimum = (29 * group + 41) % 64;
      scales(stored, 4, group, scale, minimum);
      for (int e = 32 * group; e < 32 * group + 32; e++) {
        int q = (7 * e + group) % 16;
        bits(stored, 16 + 32 * (group / 2) + e % 32, 4 * (group % 2), q);
        expected[e] = 0.5f * scale * q + 2f * minimum;
      }
    }
    assertArrayEquals(expected, decode(GgmlType.Q4_K, stored, 1));
  }

  @Test
  void q5() {
    byte[] stored = new byte[176];
    half(stored, 0, HALF);
    half(stored, 2, QUARTER);
    float[] expected = new float[256];
    for (int group = 0; group < 8; group++) {
      int scale = (31 * group + 7) % 64;
      int minimum = (17 * group + 60) % 64;
      scales(stored, 4, group, scale, minimum);
      for (int e = 32 * group; e < 32 * group + 32; e++) {
        int q = (13 * e + group) % 32;
        bits(stored, 16 + e % 32, group, q >> 4);
        bits(stored, 48 + 32 * (group / 2) + e % 32, 4 * (group % 2), q & 15);
        expected[e] = 0.5f * scale * q - 0.25f * minimum;
      }
    }
    assertArrayEquals(expected, decode(GgmlType.Q5_K, stored, 1));
  }

  @Test
  void q6() {
    byte[] stored = new byte[210];
    half(stored, 208, QUARTER);
    float[] expected = new float[256];
    for (int group = 0; group < 16; group++) {
      int scale = 37 * group % 256 - 128;
      stored[192 + group] = (byte) scale;
      for (int e = 16 * group; e < 16 * group + 16; e++) {
        int q = (5 * e + group) % 64;
        int quarter = e / 32 % 4;
        bits(stored, 64 * (e / 128) + 32 * (quarter % 2) + e % 32, 4 * (quarter / 2), q & 15);
        bits(stored, 128 + 32 * (e / 128) + e % 32, 2 * quarter, q >> 4);
        expected[e] = 0.25f * scale * (q - 32);
      }
    }
    assertArrayEquals(expected, decode(GgmlType.Q6_K, stored, 1));
  }

  /**
   * Patterns 1 and 2 of the codebook in ggml's table, 0x080808080808082b and 0x0808080808081919,
   * hold the levels from the low byte on.
   */
  @Test
  void iq2() {
    byte[] stored = new byte[66];
    half(stored, 0, HALF);
    // The first group: patterns 1 and 2, then 0 twice; scale 5; signs 0b0000011 and 0b0000001.
    stored[2] = 1;
    stored[3] = 2;
    int rest = 5 << 28 | 0b0000001 << 7 | 0b0000011;
    for (int i = 0; i < 4; i++) {
      stored[6 + i] = (byte) (rest >> (8 * i));
    }
    float scale = 0.5f * 5.5f / 4;
    float[] actual = decode(GgmlType.IQ2_XXS, stored, 1);
    // Two minus signs: even, so the eighth value keeps its sign.
    float[] first = {-0x2b, -8, 8, 8, 8, 8, 8, 8};
    // One minus sign: the eighth value has the second.
    float[] second = {-0x19, 0x19, 8, 8, 8, 8, 8, -8};
    for (int i = 0; i < 8; i++) {
      assertEquals(scale * first[i], actual[i]);
      assertEquals(scale * second[i], actual[8 + i]);
      assertEquals(scale * 8, actual[16 + i]);
      assertEquals(0.5f * 0.5f / 4 * 8, actual[32 + i]);
    }
  }
}
