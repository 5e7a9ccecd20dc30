package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final List<String> CLASSES = List.of("no", "yes");

  /** Five rows: the student is right on 4, the teacher on 3, and they agree on 4. */
  @Test
  void figuresByHand() {
    int[] gold = {0, 0, 1, 1, 1};
    double[][] g = {{0.9, 0.1}, {0.4, 0.6}, {0.2, 0.8}, {0.7, 0.3}, {0.1, 0.9}};
    double[][] h = {{0.8, 0.2}, {0.1, 0.9}, {0.3, 0.7}, {0.2, 0.8}, {0.4, 0.6}};
    Scores scores = Scores.of(Predictions.of(gold, g, h), CLASSES, new Bootstrap(5, 1000, 1));
    assertEquals(5, scores.rows());
    assertEquals(0.8, scores.accuracy().value(), 1e-15);
    assertEquals(0.6, scores.teacherAccuracy().orElseThrow().value(), 1e-15);
    assertEquals(0.8, scores.agreement().orElseThrow().value(), 1e-15);
    assertEquals((2.0 / 3 + 6.0 / 7) / 2, scores.macroF1().value(), 1e-15);
    ClassScores yes = scores.perClass().get(1);
    assertEquals("yes", yes.name());
    assertEquals(3, yes.support());
    assertEquals(3.0 / 4, yes.precision().value(), 1e-15);
    assertEquals(1, yes.recall().value(), 0);
    assertEquals(6.0 / 7, yes.f1().value(), 1e-15);
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    Predictions predictions =
        Predictions.of(new int[] {0, 1, 1, 0, 1, 0, 0}, new int[] {0, 1, 0, 0, 1, 1, 0});
    Scores scores = Scores.of(predictions, CLASSES, new Bootstrap(7, 300, 11));
    assertEquals(scores, Scores.of(predictions, CLASSES, new Bootstrap(7, 300, 11)));
    assertTrue(scores.accuracy().low() < scores.accuracy().high());
    assertEquals(Optional.empty(), scores.agreement());
    assertEquals(Optional.empty(), scores.teacherAccuracy());
  }

  @Test
  void aPerfectModelHasNoWidth() {
    int[] gold = {0, 1, 1, 0, 1};
    Scores scores = Scores.of(Predictions.of(gold, gold, gold), CLASSES, new Bootstrap(5, 300, 1));
    assertEquals(new Interval(1, 1, 1), scores.accuracy());
    assertEquals(new Interval(1, 1, 1), scores.macroF1());
    assertEquals(Optional.of(new Interval(1, 1, 1)), scores.agreement());
  }

  @Test
  void theFirstOfEqualScoresWins() {
    assertArrayEquals(
        new int[] {0, 2, 1},
        Predictions.likeliest(new double[][] {{3, 3, 1}, {0, 1, 2}, {-5, -2, -2}}));
  }

  @Test
  void lengthsMustMatch() {
    assertThrows(
        IllegalArgumentException.class, () -> Predictions.of(new int[] {0}, new int[] {0, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Predictions.of(new int[] {0}, new int[] {0}, new int[] {0, 1}));
  }

  @Test
  void anIntervalIsFiniteAndOrdered() {
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Interval(0.5, 1, 0));
  }
}
