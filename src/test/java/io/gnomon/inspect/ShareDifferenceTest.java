package io.gnomon.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.evaluation.Interval;
import org.junit.jupiter.api.Test;

class ShareDifferenceTest {
  private static void assertInterval(double low, double high, Interval found) {
    assertEquals(low, found.low(), 5e-5);
    assertEquals(high, found.high(), 5e-5);
  }

  /** R. Newcombe, Statistics in Medicine 17 (1998), table II, method 10. */
  @Test
  void newcombesOwnExamples() {
    assertInterval(0.0524, 0.3339, ShareDifference.interval(48, 80, 56, 70));
    assertInterval(0.6791, 1, ShareDifference.interval(0, 20, 10, 10));
    assertEquals(0.2, ShareDifference.interval(48, 80, 56, 70).value(), 1e-12);
  }

  /** Fisher's lady tasting tea: 3 of 4 against 1 of 4. */
  @Test
  void fewCountsAreTestedExactly() {
    assertEquals(ShareDifference.Method.FISHER, ShareDifference.test(3, 4, 1, 4));
    assertEquals(34.0 / 70, ShareDifference.p(3, 4, 1, 4), 1e-9);
    assertEquals(1, ShareDifference.p(0, 7, 0, 5));
    assertEquals(1, ShareDifference.p(7, 7, 5, 5));
  }

  /** 20 and 30 of 50: each cell is 5 from the 25 expected, so χ² is 4·25/25. */
  @Test
  void chiSquareByHand() {
    assertEquals(ShareDifference.Method.CHI_SQUARE, ShareDifference.test(20, 50, 30, 50));
    assertEquals(4, ShareDifference.statistic(new int[] {20, 30}, new int[] {30, 20}), 1e-12);
    assertEquals(0.0455, ShareDifference.p(20, 50, 30, 50), 5e-5);
    assertEquals(0.05, ShareDifference.upperTail(5.991, 2), 1e-4);
  }
}
