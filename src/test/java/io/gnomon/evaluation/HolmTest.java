package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HolmTest {
  /** R 4: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") = 0.05 0.08 0.09 0.09 0.09. */
  @Test
  void risesAsRHasIt() {
    assertArrayEquals(
        new double[] {0.05, 0.08, 0.09, 0.09, 0.09},
        Holm.adjust(0.01, 0.02, 0.03, 0.04, 0.05),
        1e-12);
  }

  /** 0.005·4, 0.01·3, 0.03·2, 0.04·1 raised to the one before: in the order given. */
  @Test
  void keepsTheOrderGiven() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjust(0.01, 0.04, 0.03, 0.005), 1e-12);
  }

  @Test
  void stopsAtOne() {
    assertArrayEquals(new double[] {1, 1, 0.3}, Holm.adjust(0.6, 0.9, 0.1), 1e-12);
    assertArrayEquals(new double[] {0.2}, Holm.adjust(0.2), 0);
    assertArrayEquals(new double[0], Holm.adjust(), 0);
  }
}
