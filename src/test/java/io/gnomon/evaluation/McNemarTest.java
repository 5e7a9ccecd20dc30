package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class McNemarTest {
  /**
   * Airway hyper-responsiveness before and after transplantation, 1 against 7: exact conditional p
   * = 0.0703 (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13:91, 2013).
   */
  @Test
  void exactByTheBook() {
    McNemar test = McNemar.of(1, 7);
    assertTrue(test.exact());
    assertEquals(18.0 / 256, test.p(), 1e-12); // 2·(1 + 8)/2⁸
  }

  @Test
  void exactByHand() {
    assertEquals(22.0 / 1024, McNemar.of(9, 1).p(), 1e-12); // 2·(1 + 10)/2¹⁰
    assertEquals(2.0 / 64, McNemar.of(0, 6).p(), 1e-12);
    assertEquals(1, McNemar.of(5, 5).p(), 1e-12);
    assertEquals(1, McNemar.of(0, 0).p());
  }

  /** (|10 − 30| − 1)² / 40 = 9.025 = 3.00416²; P(|Z| > 3.00416) = 0.0026632. */
  @Test
  void manyWithContinuityCorrection() {
    McNemar test = McNemar.of(10, 30);
    assertFalse(test.exact());
    assertEquals(0.0026632, test.p(), 2e-7);
    assertEquals(test.p(), McNemar.of(30, 10).p());
    assertEquals(1, McNemar.of(20, 20).p());
  }

  /** A tail that 1 − Φ would have lost. */
  @Test
  void tinyTailsKeepTheirDigits() {
    double p = McNemar.of(0, 400).p(); // z = 19.95
    assertTrue(p > 0 && p < 1e-80, () -> "p " + p);
  }

  @Test
  void bothWaysMeetAtTheBorder() {
    McNemar last = McNemar.of(7, 17);
    McNemar first = McNemar.of(7, 18);
    assertTrue(last.exact());
    assertFalse(first.exact());
    assertEquals(last.p(), first.p(), 0.025);
  }

  @Test
  void countsRowsThatOneAloneHasRight() {
    boolean[] first = {true, true, true, false, false, true, false};
    boolean[] second = {true, false, false, true, false, false, false};
    McNemar test = McNemar.of(first, second);
    assertEquals(3, test.onlyFirst());
    assertEquals(1, test.onlySecond());
    assertThrows(IllegalArgumentException.class, () -> McNemar.of(first, new boolean[3]));
  }
}
