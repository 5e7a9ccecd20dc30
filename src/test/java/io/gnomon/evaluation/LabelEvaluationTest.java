package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.evaluation.LabelEvaluation.Answered;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LabelEvaluationTest {
  private static final List<String> LABELS = List.of("joy", "fear");
  private static final boolean[][] GOLD = {{true, false}, {false, true}, {true, true}};
  private static final double[][] G = {{0.9, 0.1}, {0.4, 0.3}, {0.6, 0.7}};
  private static final double[][] H = {{0.8, 0.2}, {0.7, 0.6}, {0.3, 0.9}};
  private static final Answered TEST = new Answered(GOLD, G, H);

  @Test
  void withoutADevelopmentSetOnlyOneHalfDecides() {
    LabelEvaluation evaluation =
        LabelEvaluation.of(TEST, Optional.empty(), OptionalInt.empty(), LABELS);
    assertEquals(1, evaluation.student().size());
    Decision student = evaluation.student().get(0);
    assertEquals("threshold", student.rule());
    assertEquals(Map.of("threshold", 0.5), student.parameters());
    // given: joy; joy and fear; fear. One text exactly, three of four given are right, of four
    assertEquals(1.0 / 3, student.scores().exactMatch().value(), 1e-15);
    assertEquals(2.0 * 3 / (4 + 4), student.scores().microF1().value(), 1e-15);
    // the teacher gives joy; nothing; joy and fear
    assertEquals(2.0 * 3 / (3 + 4), evaluation.teacher().get(0).scores().microF1().value(), 1e-15);
    assertEquals(3.0 / 6, evaluation.agreement().value(), 1e-15);
  }

  @Test
  void theAngleIsThatOfTheTrace() {
    LabelEvaluation evaluation =
        LabelEvaluation.of(TEST, Optional.empty(), OptionalInt.empty(), LABELS);
    SampledFunction g = AnswerSpace.labels().vector(SampledFunction.of(G));
    SampledFunction h = AnswerSpace.labels().vector(SampledFunction.of(H));
    assertEquals(Geometry.angle(g, h), evaluation.alpha().value(), 1e-14);
    assertEquals(Geometry.floor(g), evaluation.alphaFloor(), 0);
    assertTrue(evaluation.alpha().low() <= evaluation.alpha().value());
  }

  @Test
  void eachModelIsTunedToItsOwnAnswersOnDev() {
    boolean[][] gold = {{true, true}, {false, true}};
    Answered dev =
        new Answered(
            gold, new double[][] {{0.6, 0.4}, {0.2, 0.2}}, new double[][] {{0.9, 0.8}, {0.7, 0.6}});
    LabelEvaluation evaluation =
        LabelEvaluation.of(TEST, Optional.of(dev), OptionalInt.empty(), LABELS);
    Decision teacher = evaluation.teacher().get(1);
    assertEquals("threshold-per-label", teacher.rule());
    assertEquals(List.of("joy", "fear"), List.copyOf(teacher.parameters().keySet()));
    assertEquals(0.4, teacher.parameters().getOrDefault("joy", 0.0), 1e-15);
    assertEquals(0.1, teacher.parameters().getOrDefault("fear", 0.0), 1e-15);
    Decision student = evaluation.student().get(1);
    assertEquals(0.8, student.parameters().getOrDefault("joy", 0.0), 1e-15);
    // three labels on two texts: two a text
    assertEquals(Map.of("k", 2.0), evaluation.student().get(2).parameters());
    assertEquals("top-k", evaluation.student().get(2).rule());
    LabelEvaluation given = LabelEvaluation.of(TEST, Optional.of(dev), OptionalInt.of(1), LABELS);
    assertEquals(Map.of("k", 1.0), given.teacher().get(2).parameters());
  }
}
