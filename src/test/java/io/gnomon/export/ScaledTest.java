package io.gnomon.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ScaledTest {
  /** Each row by its own largest magnitude; one of zeros stays zeros. */
  @Test
  void byHand() {
    Scaled scaled = Scaled.rows(new float[] {254, -2, 1.2f, 0, 0, 0, 0.5f, -1.27f, 0.004f}, 3);
    assertArrayEquals(new float[] {2, 1, 0.01f}, scaled.scales());
    assertArrayEquals(new byte[] {127, -1, 1, 0, 0, 0, 50, -127, 0}, scaled.values());
    assertArrayEquals(new byte[] {127, 0, 50, -1, 0, -127, 1, 0, 0}, scaled.turned());
  }
}
