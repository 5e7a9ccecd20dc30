package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelScoresTest {
  private static final List<String> LABELS = List.of("joy", "fear", "awe");

  /** Joy twice right; fear missed once and given wrongly once; awe neither there nor given. */
  private static final boolean[][] GOLD = {
    {true, false, false}, {true, true, false}, {false, false, false}, {false, false, false}
  };

  private static final boolean[][] PREDICTED = {
    {true, false, false}, {true, false, false}, {false, true, false}, {false, false, false}
  };

  @Test
  void figuresByHand() {
    LabelScores scores = LabelScores.of(GOLD, PREDICTED, LABELS, new Bootstrap(4, 1000, 1));
    assertEquals(4, scores.rows());
    assertEquals(2.0 * 2 / (3 + 3), scores.microF1().value(), 1e-15); // 2 right, 3 given, 3 there
    assertEquals((1.0 + 0) / 2, scores.macroF1().value(), 1e-15); // joy 1, fear 0
    assertEquals(2.0 / 4, scores.exactMatch().value(), 1e-15);
    ClassScores joy = scores.perLabel().get(0);
    assertEquals("joy", joy.name());
    assertEquals(2, joy.support());
    assertEquals(new Interval(1, joy.f1().low(), 1), joy.f1());
    assertEquals(1, joy.precision().value(), 0);
    ClassScores fear = scores.perLabel().get(1);
    assertEquals(1, fear.support());
    assertEquals(0, fear.recall().value(), 0);
    assertEquals(0, scores.perLabel().get(2).f1().high(), 0);
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    LabelScores scores = LabelScores.of(GOLD, PREDICTED, LABELS, new Bootstrap(4, 300, 11));
    assertEquals(scores, LabelScores.of(GOLD, PREDICTED, LABELS, new Bootstrap(4, 300, 11)));
    assertTrue(scores.exactMatch().low() < scores.exactMatch().high());
  }

  @Test
  void withoutALabelAnywhereNothingIsRight() {
    boolean[][] none = new boolean[3][2];
    LabelScores scores = LabelScores.of(none, none, List.of("a", "b"), new Bootstrap(3, 100, 1));
    assertEquals(new Interval(0, 0, 0), scores.microF1());
    assertEquals(new Interval(0, 0, 0), scores.macroF1());
    assertEquals(new Interval(1, 1, 1), scores.exactMatch());
  }
}
