package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final int[] GOLD = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
  private static final int[] PREDICTED = {0, 0, 0, 1, 1, 1, 2, 2, 0, 0, 2};

  /**
   * By hand: class 0 has 3 right of 4, and 5 predicted; class 1 has 2 of 3, 3 predicted; class 2
   * has 2 of 4, 3 predicted.
   */
  @Test
  void figuresByHand() {
    ConfusionMatrix matrix = ConfusionMatrix.of(GOLD, PREDICTED, 3);
    assertEquals(2, matrix.count(2, 0));
    assertEquals(7.0 / 11, matrix.accuracy(), 1e-15);
    assertEquals(3.0 / 5, matrix.precision(0), 1e-15);
    assertEquals(3.0 / 4, matrix.recall(0), 1e-15);
    assertEquals(6.0 / 9, matrix.f1(0), 1e-15);
    assertEquals(4.0 / 6, matrix.f1(1), 1e-15);
    assertEquals(4.0 / 7, matrix.f1(2), 1e-15);
    assertEquals(4, matrix.support(2));
    assertEquals((6.0 / 9 + 4.0 / 6 + 4.0 / 7) / 3, matrix.macroF1(), 1e-15);
  }

  @Test
  void rowsCountAsOftenAsTheyAreGiven() {
    ConfusionMatrix matrix = new ConfusionMatrix(GOLD, PREDICTED, 3, new int[] {0, 0, 3, 10});
    assertEquals(3, matrix.support(0));
    assertEquals(0.75, matrix.accuracy(), 1e-15);
  }

  @Test
  void aClassThatNeitherOccursNorIsPredictedIsNotInTheMean() {
    ConfusionMatrix three = ConfusionMatrix.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}, 3);
    ConfusionMatrix two = ConfusionMatrix.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}, 2);
    assertEquals(0, three.f1(2), 0);
    assertEquals(two.macroF1(), three.macroF1(), 0);
  }

  @Test
  void aClassThatIsOnlyPredictedCountsAsZero() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0}, new int[] {0, 1}, 2);
    assertEquals(0, matrix.recall(1), 0);
    assertEquals((2.0 / 3 + 0) / 2, matrix.macroF1(), 1e-15);
  }

  /** The best constant on two equal classes: F1 2/3 and 0. */
  @Test
  void aConstantHasAThirdOfMacroF1() {
    ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 1, 0, 1}, new int[4], 2);
    assertEquals(0.5, matrix.accuracy(), 0);
    assertEquals(1.0 / 3, matrix.macroF1(), 1e-15);
    assertEquals(0, matrix.precision(1), 0);
  }

  @Test
  void noRowsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ConfusionMatrix.of(new int[0], new int[0], 2));
  }
}
