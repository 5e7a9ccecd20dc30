package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RopeTest {
  private static final int POSITIONS = 97;

  /** Angles reach 97; float32 keeps 24 bits of them. */
  private static final double TOLERANCE = 97 * Math.pow(2, -23);

  @Test
  void aTableByHand() {
    Rope.Table table = new Rope(100, new Rope.Plain()).table(3, 4);
    float[] cos = {
      1,
      1,
      1,
      1, //
      0.5403023f,
      0.9950042f,
      0.5403023f,
      0.9950042f,
      -0.4161468f,
      0.9800666f,
      -0.4161468f,
      0.9800666f
    };
    float[] sin = {
      0,
      0,
      0,
      0, //
      0.8414710f,
      0.0998334f,
      0.8414710f,
      0.0998334f,
      0.9092974f,
      0.1986693f,
      0.9092974f,
      0.1986693f
    };
    assertArrayEquals(cos, table.cos(), 1e-6f);
    assertArrayEquals(sin, table.sin(), 1e-6f);
  }

  @Test
  void linearScalingStretchesPositions() {
    Rope.Table plain = new Rope(10_000, new Rope.Plain()).table(POSITIONS, 6);
    Rope.Table linear = new Rope(10_000, new Rope.Linear(4)).table(POSITIONS, 6);
    for (int p = 0; p < POSITIONS; p += 4) {
      for (int i = 0; i < 6; i++) {
        assertEquals(plain.cos()[p / 4 * 6 + i], linear.cos()[p * 6 + i], TOLERANCE);
      }
    }
  }

  /** The formula as the makers of Llama 3.1 published it, in double precision. */
  @Test
  void llama3KeepsShortWavesAndDividesLongOnes() {
    int width = 22;
    Rope rope = new Rope(500, new Rope.Llama3(8, 1, 4, 128));
    Rope.Table table = rope.table(POSITIONS, width);
    int kept = 0;
    int divided = 0;
    int between = 0;
    for (int i = 0; i < width / 2; i++) {
      double plain = Math.pow(500, -2.0 * i / width);
      double waves = 128 * plain / (2 * Math.PI);
      double frequency;
      if (waves > 4) {
        frequency = plain;
        kept++;
      } else if (waves < 1) {
        frequency = plain / 8;
        divided++;
      } else {
        double smooth = (waves - 1) / 3;
        frequency = plain * ((1 - smooth) / 8 + smooth);
        between++;
      }
      for (int p = 0; p < POSITIONS; p++) {
        assertEquals(Math.cos(p * frequency), table.cos()[p * width + i], TOLERANCE);
        assertEquals(Math.sin(p * frequency), table.sin()[p * width + width / 2 + i], TOLERANCE);
      }
    }
    assertTrue(kept > 0 && divided > 0 && between > 0, "a branch unused");
  }
}
