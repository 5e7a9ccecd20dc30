package io.gnomon.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.TinyLabels;
import io.gnomon.TinyTeacher;
import io.gnomon.config.ObjectiveConfig;
import io.gnomon.config.ObjectiveConfig.CoefficientConfig;
import io.gnomon.config.ObjectiveConfig.ComponentConfig;
import io.gnomon.config.ObjectiveConfig.Divergence;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two texts of three labels, against the six two-class answers that they are. */
class PerLabelTest {
  private static final NDManager MANAGER = NDManager.newBaseManager("PyTorch");

  /** Sums of some ten float32 terms of size one. */
  private static final float FLOAT = 2e-6f;

  private static final float[] P = {0.9f, 0.2f, 0, 0.4f, 1, 0.7f};
  private static final float[] Z = {1.5f, -0.3f, 0.2f, -2, 0.6f, 0};

  @AfterAll
  static void close() {
    MANAGER.close();
  }

  @Test
  void byHand() {
    // h = σ(z) = ½ and ¼, g = ¾ and 1, c = 2: (¾ − 1, ¼ − 1) and (1 − ½, 0 − 1½)
    float[] logits = {0, (float) -Math.log(3)};
    double l2 = (0.0625 + 0.5625 + 0.25 + 2.25) / 2;
    Objective objective = Objectives.of(config(Divergence.L2), TinyLabels.task());
    NDArray g = MANAGER.create(new float[] {0.75f, 1}, new Shape(1, 2));
    Loss loss = objective.loss(g, MANAGER.create(logits, new Shape(1, 2)), MANAGER.create(2f));
    assertEquals(l2, loss.total().getFloat(), FLOAT);
  }

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void everyObjectiveSeesSixTwoClassAnswers(Divergence divergence) {
    float[] pairs = new float[12];
    float[] scores = new float[12];
    for (int i = 0; i < P.length; i++) {
      pairs[2 * i] = P[i];
      pairs[2 * i + 1] = 1 - P[i];
      scores[2 * i] = Z[i];
    }
    Slope labels =
        slope(Objectives.of(config(divergence), TinyLabels.task()), P, Z, new Shape(2, 3));
    Slope classes =
        slope(
            Objectives.of(config(divergence), List.of("yes", "no")),
            pairs,
            scores,
            new Shape(6, 2));
    assertEquals(classes.value(), labels.value(), FLOAT);
    float[] own = new float[Z.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = classes.gradient()[2 * i];
    }
    assertArrayEquals(own, labels.gradient(), FLOAT);
  }

  @Test
  void aSingleLabelTaskStaysWithItsClasses() {
    Objective objective = Objectives.of(config(Divergence.KL), TinyTeacher.task());
    assertEquals(Kl.class, objective.getClass());
    Objective labels = Objectives.of(config(Divergence.KL), TinyLabels.task());
    assertEquals(objective.warning(), labels.warning());
  }

  private static ObjectiveConfig config(Divergence divergence) {
    return new ObjectiveConfig(
        divergence, new ComponentConfig.Simplex(), new CoefficientConfig(true, 0.5, 0, false));
  }

  @SuppressWarnings("ArrayRecordComponent") // a pair for one assertion
  private record Slope(double value, float[] gradient) {}

  private static Slope slope(Objective objective, float[] g, float[] logits, Shape shape) {
    try (NDManager scope = MANAGER.newSubManager()) {
      NDArray z = scope.create(logits, shape);
      z.setRequiresGradient(true);
      double value;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray total = objective.loss(scope.create(g, shape), z, scope.create(0.7f)).total();
        collector.backward(total);
        value = total.getFloat();
      }
      return new Slope(value, z.getGradient().toFloatArray());
    }
  }
}
