package io.gnomon.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.gnomon.config.InputException;
import io.gnomon.config.ObjectiveConfig;
import io.gnomon.config.ObjectiveConfig.CoefficientConfig;
import io.gnomon.config.ObjectiveConfig.ComponentConfig;
import io.gnomon.config.ObjectiveConfig.Divergence;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ObjectivesTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final ComponentConfig SIMPLEX = new ComponentConfig.Simplex();
  private static final ComponentConfig ONE = new ComponentConfig.OneClass("b");
  private static final NDManager MANAGER = NDManager.newBaseManager("PyTorch");

  /** Sums of some ten float32 terms of size one. */
  private static final double FLOAT = 2e-6;

  // B = 5, K = 3; the second row holds a zero.
  private static final float[][] G = {
    {0.7f, 0.2f, 0.1f},
    {0.4f, 0f, 0.6f},
    {0.1f, 0.3f, 0.6f},
    {0.25f, 0.5f, 0.25f},
    {0.9f, 0.05f, 0.05f}
  };

  @AfterAll
  static void close() {
    MANAGER.close();
  }

  @Test
  void byHandOnTheSimplex() {
    // g = (¾, ¼), h = (½, ½), c = 2: c·h = (1, 1)
    double gLogG = 0.75 * Math.log(0.75) + 0.25 * Math.log(0.25);
    double js =
        0.5 * (0.75 * Math.log(0.75 / 0.875) + 0.25 * Math.log(0.25 / 0.625))
            + 0.5 * (Math.log(1 / 0.875) + Math.log(1 / 0.625));
    assertEquals(gLogG, two(Divergence.KL), FLOAT);
    assertEquals(gLogG - 1 + 2, two(Divergence.GENERALIZED_KL), FLOAT);
    assertEquals(0.0625 + 0.5625, two(Divergence.L2), FLOAT);
    assertEquals(-Math.log(0.75) - Math.log(0.25) - 2 + 1, two(Divergence.REVERSE_KL), FLOAT);
    assertEquals(js, two(Divergence.JS), FLOAT);
    // log ¾ − mean = ½ log 3, log ¼ − mean = −½ log 3, the student's are zero
    assertEquals(2 * Math.pow(0.5 * Math.log(3), 2), two(Divergence.MSE), FLOAT);
  }

  private static double two(Divergence divergence) {
    Objective objective = objective(divergence, SIMPLEX, 0, List.of("x", "y"));
    return value(objective, new float[][] {{0.75f, 0.25f}}, new float[][] {{1, 1}}, 2);
  }

  @Test
  void oneComponentTakesThatColumnAlone() {
    Objective objective = objective(Divergence.L2, ONE, 0, CLASSES);
    // h = ⅓ everywhere; (0.2 − ⅓)² and (0.5 − ⅓)², mean of the two
    double expected = (Math.pow(0.2 - 1.0 / 3, 2) + Math.pow(0.5 - 1.0 / 3, 2)) / 2;
    float[][] g = {{0.7f, 0.2f, 0.1f}, {0.25f, 0.5f, 0.25f}};
    assertEquals(expected, value(objective, g, new float[2][3], 1), FLOAT);
    String message =
        assertThrows(
                InputException.class,
                () -> objective(Divergence.L2, new ComponentConfig.OneClass("d"), 0, CLASSES))
            .getMessage();
    assertEquals(
        "objective.component.name: expected one of the task's classes [a, b, c], found 'd'",
        message);
  }

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void gradientsAgreeWithFiniteDifferences(Divergence divergence) {
    for (ComponentConfig component : List.of(SIMPLEX, ONE)) {
      checkGradients(objective(divergence, component, 0.3, CLASSES), divergence);
    }
  }

  private static void checkGradients(Objective objective, Divergence divergence) {
    float[][] logits = logits(11);
    try (NDManager scope = MANAGER.newSubManager()) {
      NDArray z = scope.create(logits);
      NDArray c = scope.create(0.8f);
      z.setRequiresGradient(true);
      c.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(objective.loss(scope.create(G), z, c).total());
      }
      float[] gradient = z.getGradient().toFloatArray();
      // float32 values near 10, differenced over 0.02: about 1e-4; a row with g read as 1e-8 is
      // steeper
      double tolerance = divergence == Divergence.MSE ? 1e-2 : 1e-3;
      float step = 1e-2f;
      for (int i = 0; i < gradient.length; i++) {
        double slope =
            (value(objective, G, moved(logits, i, step), 0.8)
                    - value(objective, G, moved(logits, i, -step), 0.8))
                / (2 * step);
        assertEquals(slope, gradient[i], tolerance, divergence + ": logit " + i);
      }
      double slope = (value(objective, G, logits, 0.81) - value(objective, G, logits, 0.79)) / 0.02;
      assertEquals(slope, c.getGradient().getFloat(), tolerance, divergence + ": c");
    }
  }

  // KL alone is no divergence of unnormalised masses: see its own tests.
  @ParameterizedTest
  @EnumSource(value = Divergence.class, mode = EnumSource.Mode.EXCLUDE, names = "KL")
  void zeroWhereTheScaledStudentIsTheTeacherAndPositiveElsewhere(Divergence divergence) {
    Objective objective = objective(divergence, SIMPLEX, 0, CLASSES);
    float[][] g = {{0.7f, 0.2f, 0.1f}, {0.25f, 0.5f, 0.25f}};
    float[][] same = new float[2][3];
    for (int i = 0; i < 6; i++) {
      same[i / 3][i % 3] = (float) Math.log(g[i / 3][i % 3]);
    }
    assertEquals(0, value(objective, g, same, 1), FLOAT);
    // g = c·h off the simplex, which the divergences are made for
    assertEquals(0, value(objective, scaled(g, 1.5f), same, 1.5), 3 * FLOAT);
    assertTrue(value(objective, g, reversedLogits(g), 1) > 1e-3);
  }

  @Test
  void generalizedKlIsSmallestInCAtTheRatioOfMasses() {
    Objective objective = objective(Divergence.GENERALIZED_KL, ONE, 0, CLASSES);
    float[][] logits = logits(3);
    double massG = 0;
    double massH = 0;
    for (int row = 0; row < G.length; row++) {
      double sum = 0;
      for (float z : logits[row]) {
        sum += Math.exp(z);
      }
      massG += G[row][1];
      massH += Math.exp(logits[row][1]) / sum;
    }
    double best = massG / massH;
    double least = value(objective, G, logits, best);
    assertTrue(value(objective, G, logits, best * 1.05) > least);
    assertTrue(value(objective, G, logits, best * 0.95) > least);
    assertEquals(0, coefficientGradient(objective, logits, best), FLOAT);
  }

  @Test
  void klFallsWithoutEndAsCGrows() {
    Objective objective = objective(Divergence.KL, SIMPLEX, 0, CLASSES);
    double at1 = value(objective, G, logits(3), 1);
    assertEquals(at1 - Math.log(1e6), value(objective, G, logits(3), 1e6), 1e-4);
    assertEquals(at1 - Math.log(1e30), value(objective, G, logits(3), 1e30), 1e-3);
    assertTrue(objective.warning().orElseThrow().contains("KL(g‖h) − log c"));
  }

  @Test
  void klOnOneComponentPrefersHNearOneWhateverTheTeacherSays() {
    Objective objective = objective(Divergence.KL, ONE, 0, CLASSES);
    float[][] sure = {{0, 20, 0}, {0, 20, 0}, {0, 20, 0}, {0, 20, 0}, {0, 20, 0}};
    assertTrue(value(objective, G, sure, 1) < value(objective, G, reversedLogits(G), 1));
    assertTrue(objective.warning().orElseThrow().contains("h → 1"));
  }

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void partsSumToTheTotalAndTheRewardIsOneOfThem(Divergence divergence) {
    try (NDManager scope = MANAGER.newSubManager()) {
      Loss loss =
          objective(divergence, SIMPLEX, 0.25, CLASSES)
              .loss(scope.create(G), scope.create(logits(7)), scope.create(1.5f));
      double sum = loss.parts().values().stream().mapToDouble(NDArray::getFloat).sum();
      assertEquals(sum, loss.total().getFloat(), 2e-5);
      NDArray reward = Objects.requireNonNull(loss.parts().get("reward"));
      assertEquals(-0.25 * 2.25, reward.getFloat(), FLOAT);
    }
  }

  @ParameterizedTest
  @EnumSource(Divergence.class)
  void extremeLogitsAndZeroTargetsStayFinite(Divergence divergence) {
    Objective objective = objective(divergence, SIMPLEX, 0, CLASSES);
    float[][] g = {{1, 0, 0}, {0, 1, 0}};
    float[][] logits = {{-300, 300, 0}, {-300, 300, 0}};
    try (NDManager scope = MANAGER.newSubManager()) {
      NDArray z = scope.create(logits);
      z.setRequiresGradient(true);
      NDArray c = scope.create(0.5f);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray total = objective.loss(scope.create(g), z, c).total();
        assertTrue(Float.isFinite(total.getFloat()));
        collector.backward(total);
      }
      for (float slope : z.getGradient().toFloatArray()) {
        assertTrue(Float.isFinite(slope), divergence + " has gradient " + slope);
      }
    }
  }

  @Test
  void theClosedFormTakesThePlaceOfC() {
    float[][] g = {{0.75f, 0.25f}};
    float[][] even = {{0, 0}};
    // h = (½, ½): c* = ½ / ½ = 1, and ‖g − h‖² = 2/16
    assertEquals(0.125, value(closed(Divergence.L2), g, even, 7), FLOAT);
    // h = g up to a factor of c: what is left is nothing
    float[][] same = {{(float) Math.log(3), 0}};
    for (Divergence divergence : Divergence.values()) {
      if (divergence != Divergence.KL) {
        assertEquals(0, value(closed(divergence), g, same, 7), FLOAT, divergence.toString());
      }
    }
    assertTrue(
        value(closed(Divergence.L2), G, logits(5), 1)
            < value(objective(Divergence.L2, SIMPLEX, 0, CLASSES), G, logits(5), 1),
        "no other c is nearer than the closed form");
  }

  private static Objective closed(Divergence divergence) {
    CoefficientConfig coefficient = new CoefficientConfig(true, 0.5, 0, true);
    return Objectives.of(new ObjectiveConfig(divergence, SIMPLEX, coefficient), CLASSES);
  }

  private static Objective objective(
      Divergence divergence, ComponentConfig component, double reward, List<String> classes) {
    CoefficientConfig coefficient = new CoefficientConfig(true, 0.5, reward, false);
    return Objectives.of(new ObjectiveConfig(divergence, component, coefficient), classes);
  }

  private static double value(Objective objective, float[][] g, float[][] logits, double c) {
    try (NDManager scope = MANAGER.newSubManager()) {
      return objective
          .loss(scope.create(g), scope.create(logits), scope.create((float) c))
          .total()
          .getFloat();
    }
  }

  private static double coefficientGradient(Objective objective, float[][] logits, double at) {
    try (NDManager scope = MANAGER.newSubManager()) {
      NDArray c = scope.create((float) at);
      c.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(objective.loss(scope.create(G), scope.create(logits), c).total());
      }
      return c.getGradient().getFloat();
    }
  }

  private static float[][] logits(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] logits = new float[G.length][CLASSES.size()];
    for (float[] row : logits) {
      for (int k = 0; k < row.length; k++) {
        row[k] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return logits;
  }

  /** Logits that rank the classes of {@code g} the wrong way round. */
  private static float[][] reversedLogits(float[][] g) {
    return scaled(g, -2);
  }

  private static float[][] scaled(float[][] values, float factor) {
    float[][] scaled = new float[values.length][];
    for (int row = 0; row < values.length; row++) {
      scaled[row] = values[row].clone();
      for (int k = 0; k < scaled[row].length; k++) {
        scaled[row][k] *= factor;
      }
    }
    return scaled;
  }

  private static float[][] moved(float[][] values, int index, float step) {
    float[][] moved = scaled(values, 1);
    moved[index / CLASSES.size()][index % CLASSES.size()] += step;
    return moved;
  }
}
