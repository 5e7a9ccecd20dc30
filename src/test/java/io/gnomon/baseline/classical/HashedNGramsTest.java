package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashedNGramsTest {
  private static final long LOW = 5L << 44;
  private static final long HIGH = (0xFFFFFL << 44) | 1;

  @Test
  void aTermsUpperBitsAreItsColumnAndItsLowestItsSign() {
    Rows rows = rows(LOW, HIGH, LOW);
    assertEquals(1 << 20, rows.width());
    assertArrayEquals(new int[] {5, (1 << 20) - 1}, rows.columns()[0]);
    double twice = 1 + Math.log(2);
    double length = Math.hypot(twice, 1);
    assertArrayEquals(
        new float[] {(float) (twice / length), (float) (-1 / length)}, rows.values()[0], 1e-6f);
  }

  @Test
  void termsThatMeetAddUpWithTheirSigns() {
    // +1 and −1 cancel, and the third decides the length
    Rows rows = rows(LOW, LOW + 1, HIGH);
    assertArrayEquals(new float[] {0, -1}, rows.values()[0], 1e-6f);
  }

  @Test
  void nothingBecomesNothing() {
    assertEquals(0, rows().columns()[0].length);
  }

  private static Rows rows(long... terms) {
    return new HashedNGrams(text -> terms.clone()).prepare(List.of("any")).rows();
  }
}
