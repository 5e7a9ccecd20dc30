package io.gnomon.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The worked examples of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). */
class KrippendorffTest {
  private static double alpha(String... labellers) {
    int[][] units = new int[labellers[0].length()][labellers.length];
    for (int unit = 0; unit < units.length; unit++) {
      for (int labeller = 0; labeller < labellers.length; labeller++) {
        char value = labellers[labeller].charAt(unit);
        units[unit][labeller] = value == '.' ? Krippendorff.MISSING : value - '0';
      }
    }
    return new Krippendorff(units, 10, Krippendorff.NOMINAL).alpha(all(units.length));
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** Section C: twelve units, four observers, missing values. */
  @Test
  void severalObserversWithMissingValues() {
    assertEquals(
        0.743, alpha("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 5e-4);
  }

  /** Section A: ten units, two observers, two values. */
  @Test
  void twoObserversBinary() {
    assertEquals(0.095, alpha("0100000010", "1110010000"), 5e-4);
  }

  /** Section B: twelve units, two observers, the values a to e. */
  @Test
  void twoObserversNominal() {
    assertEquals(0.692, alpha("001132224330", "101112224333"), 5e-4);
  }

  /**
   * Two texts, sets {0} against {0, 1} and {1} against {1}: distances 1 − 1/2·2/3 = 2/3 and 0. Over
   * the values {0}, {0,1}, {1}, {1} the ordered pairs are apart by 2·(2/3 + 1 + 1 + 2/3 + 2/3 + 0).
   */
  @Test
  void setsUnderMasiByHand() {
    int[][] sets = {{0}, {0, 1}, {1}};
    Krippendorff krippendorff =
        new Krippendorff(
            new int[][] {{0, 1}, {2, 2}}, 3, (a, b) -> Masi.distance(sets[a], sets[b]));
    double observed = 2 * (2.0 / 3);
    double expected = 2 * (2.0 / 3 + 1 + 1 + 2.0 / 3 + 2.0 / 3);
    assertEquals(1 - 3 * observed / expected, krippendorff.alpha(all(2)), 1e-12);
  }

  @Test
  void oneValueAloneSaysNothing() {
    assertTrue(Double.isNaN(alpha("111", "111")));
    assertTrue(Double.isNaN(alpha("1.2", ".1.")));
  }

  @Test
  void masiOfEachKindOfOverlap() {
    assertEquals(0, Masi.distance(new int[] {2, 5}, new int[] {2, 5}));
    assertEquals(0, Masi.distance(new int[0], new int[0]));
    assertEquals(2.0 / 3, Masi.distance(new int[] {1, 2}, new int[] {1, 2, 3, 4}), 1e-12);
    assertEquals(5.0 / 6, Masi.distance(new int[] {1, 2, 3}, new int[] {2, 3, 4}), 1e-12);
    assertEquals(1, Masi.distance(new int[] {1}, new int[] {2}));
    assertEquals(1, Masi.distance(new int[0], new int[] {2}));
  }

  /** J. Sim and C. Wright, Physical Therapy 85 (2005), table 1: 22, 2, 4 and 11 of 39. */
  @Test
  void kappaOfTheLiterature() {
    assertEquals(2.0 / 3, Kappa.of(22, 2, 4, 11), 1e-12);
    int[] first = IntStream.range(0, 50).map(i -> i < 25 ? 1 : 0).toArray();
    int[] second = IntStream.range(0, 50).map(i -> i < 20 || (i >= 25 && i < 35) ? 1 : 0).toArray();
    assertEquals(0.4, Kappa.of(first, second, 2, all(50)), 1e-12);
    assertEquals(0.4, Kappa.of(20, 5, 10, 15), 1e-12);
    assertTrue(Double.isNaN(Kappa.of(7, 0, 0, 0)));
  }
}
