package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerScoresTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final double DOUBLE = 1e-12;

  @Test
  void figuresByHand() {
    int[] gold = {0, 0, 1, 2, 1};
    double[][] g = {
      {0.7, 0.2, 0.1}, {0.2, 0.5, 0.3}, {0.1, 0.8, 0.1}, {0.6, 0.1, 0.3}, {0.3, 0.4, 0.3},
    };
    AnswerScores scores = AnswerScores.of(gold, g, CLASSES);
    assertEquals(0.6, scores.accuracy().value(), DOUBLE);
    assertEquals((0.7 + 0.5 + 0.8 + 0.6 + 0.4) / 5, scores.meanLargest(), DOUBLE);
    assertEquals(List.of(0.4, 0.4, 0.2), shares(scores, true));
    assertEquals(List.of(0.4, 0.6, 0.0), shares(scores, false));
    // a: 1 of 2 found, 1 of 2 right; b: 2 of 2 found, 2 of 3 right; c: never answered
    assertEquals(0.5, scores.perClass().get(0).f1().value(), DOUBLE);
    assertEquals(0.8, scores.perClass().get(1).f1().value(), DOUBLE);
    assertEquals(0, scores.perClass().get(2).f1().value(), DOUBLE);
    assertEquals((0.5 + 0.8) / 3, scores.macroF1().value(), DOUBLE);
    assertTrue(scores.alphaFloor() > 0.3, () -> "α_0 " + scores.alphaFloor());
  }

  @Test
  void anAnswerThatIgnoresTheTextShows() {
    double[] always = {0.1, 0.7, 0.2};
    double[][] g = {always, always, always, always, always};
    AnswerScores scores = AnswerScores.of(new int[] {0, 0, 1, 2, 1}, g, CLASSES);
    assertEquals(List.of(0.0, 1.0, 0.0), shares(scores, false));
    assertEquals(0, scores.alphaFloor(), DOUBLE);
    assertEquals(0.7, scores.meanLargest(), DOUBLE);
  }

  private static List<Double> shares(AnswerScores scores, boolean gold) {
    return scores.perClass().stream()
        .map(figures -> gold ? figures.goldShare() : figures.answeredShare())
        .toList();
  }
}
