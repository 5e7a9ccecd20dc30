package io.gnomon.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.config.OptimizerConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On the loss Σ a·p², whose gradient 2·a·p is known. */
class AdamWTest {
  private static final OptimizerConfig CONFIG =
      new OptimizerConfig(0.1, 1, 0.2, 0.8, 0.95, 1e-3, 0, OptimizerConfig.Schedule.CONSTANT, 1);
  private static final Map<String, Double> RATES = Map.of("c", 3.0);
  private static final float[] A = {3, -2, 0.5f};

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void stepsAreThoseOfTheFormula() {
    Map<String, NDArray> parameters = parameters();
    ByHand matrix = new ByHand(new double[] {1, 2, 3}, 0.2, 1);
    ByHand table = new ByHand(new double[] {1, 2, 3}, 0, 1);
    ByHand bias = new ByHand(new double[] {-1, 0.5, 2}, 0, 1);
    ByHand c = new ByHand(new double[] {0.5}, 0, 3);
    List<ByHand> all = List.of(matrix, table, bias, c);
    try (AdamW adamw = new AdamW(manager, parameters, CONFIG, RATES)) {
      for (int step = 1; step <= 5; step++) {
        double norm = step(parameters, adamw, 0.1 / step);
        double expected = Math.sqrt(all.stream().mapToDouble(ByHand::squaredGradient).sum());
        assertEquals(expected, norm, 1e-5 * expected);
        double scale = Math.min(1, 1 / expected);
        int now = step;
        all.forEach(p -> p.step(now, 0.1 / now, scale));
      }
      assertEquals(5, adamw.steps());
    }
    // five steps in float32 on numbers of order one
    assertValues(matrix, parameters, "encoder.weight");
    assertValues(table, parameters, "embeddings.weight");
    assertValues(bias, parameters, "encoder.bias");
    assertValues(c, parameters, "c");
  }

  @Test
  void aRestoredRunGoesOnAsIfItHadNeverStopped() {
    Map<String, NDArray> unbroken = parameters();
    Map<String, NDArray> resumed = new LinkedHashMap<>();
    Map<String, float[]> saved = new LinkedHashMap<>();
    try (AdamW adamw = new AdamW(manager, unbroken, CONFIG, RATES)) {
      steps(unbroken, adamw, 3);
      adamw.state().forEach((name, array) -> saved.put(name, array.toFloatArray()));
      unbroken.forEach((name, array) -> resumed.put(name, trainable(array.duplicate())));
      steps(unbroken, adamw, 4);
    }
    try (AdamW adamw = new AdamW(manager, resumed, CONFIG, RATES)) {
      adamw.restore(saved);
      assertEquals(3, adamw.steps());
      steps(resumed, adamw, 4);
    }
    List<NDArray> expected = List.copyOf(unbroken.values());
    List<NDArray> found = List.copyOf(resumed.values());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toFloatArray(), found.get(i).toFloatArray());
    }
  }

  @Test
  void aStateOfAnotherModelIsRefused() {
    try (AdamW adamw = new AdamW(manager, parameters(), CONFIG, RATES)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> adamw.restore(Map.of("step", new float[] {1}, "m.c", new float[2])));
      assertTrue(String.valueOf(e.getMessage()).contains("optimizer state"), e.getMessage());
    }
  }

  @Test
  void zeroingMendsNaN() {
    Map<String, NDArray> parameters = parameters();
    backward(parameters, Float.NaN);
    try (Gradients gradients = Gradients.of(parameters)) {
      gradients.zero();
      assertEquals(0, gradients.norm());
    }
    backward(parameters, 1);
    try (Gradients gradients = Gradients.of(parameters)) {
      assertEquals(3 * 2 * 1, gradients.get("encoder.weight").toFloatArray()[0]);
    }
  }

  @Test
  void whatIsNotFiniteIsNamed() {
    Map<String, NDArray> parameters = parameters();
    backward(parameters, 1);
    try (Gradients gradients = Gradients.of(parameters)) {
      double norm = new GradientClip(0).apply(gradients);
      assertTrue(NonFinite.find(1, norm, gradients, parameters).isEmpty());
      gradients.get("c").muli(Float.POSITIVE_INFINITY);
      norm = new GradientClip(1).apply(gradients);
      NonFinite found = NonFinite.find(2, norm, gradients, parameters).orElseThrow();
      assertEquals(new NonFinite(2, Double.POSITIVE_INFINITY, List.of("c"), List.of()), found);
      assertEquals(
          "step 7, batch 7: expected finite numbers, found loss 2.0, gradient norm Infinity; not"
              + " finite: gradient of c; no parameter; nothing was updated and the last saved state"
              + " stays; lower optimizer.learning_rate",
          new NonFiniteException("step 7, batch 7", found).getMessage());
    }
  }

  @Test
  void aShortGradientIsNotClipped() {
    Map<String, NDArray> parameters = parameters();
    backward(parameters, 1);
    try (Gradients gradients = Gradients.of(parameters)) {
      double norm = new GradientClip(0).apply(gradients);
      assertEquals(norm, new GradientClip(2 * norm).apply(gradients));
      assertEquals(norm, new GradientClip(norm / 3).apply(gradients));
      assertEquals(norm / 3, gradients.norm(), 1e-6 * norm);
    }
  }

  @Test
  void aLongGradientIsScaledByAQuotientRoundedOnce() {
    Map<String, NDArray> parameters = parameters();
    backward(parameters, 1);
    try (Gradients gradients = Gradients.of(parameters)) {
      float[] before = gradients.get("encoder.weight").toFloatArray();
      float norm = (float) gradients.norm();
      float factor = (float) (0.7 / norm);
      try (NDArray found = new GradientClip(0.7).clip(gradients)) {
        assertEquals(norm, found.getFloat());
      }
      float[] after = gradients.get("encoder.weight").toFloatArray();
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] * factor, after[i]);
      }
    }
  }

  @Test
  void fromABadStepOnNothingIsWritten() {
    Map<String, NDArray> parameters = parameters();
    try (AdamW adamw = new AdamW(manager, parameters, CONFIG, RATES);
        StepGuard guard = new StepGuard(manager)) {
      guarded(parameters, adamw, guard, 1);
      guarded(parameters, adamw, guard, 1);
      assertFalse(guard.tripped());
      Map<String, float[]> before = everything(parameters, adamw);
      guarded(parameters, adamw, guard, Float.POSITIVE_INFINITY);
      guarded(parameters, adamw, guard, 1);
      assertTrue(guard.tripped());
      assertEquals(2, adamw.steps());
      Map<String, float[]> after = everything(parameters, adamw);
      assertEquals(3 * parameters.size() + 1, after.size());
      before.forEach((name, values) -> assertArrayEquals(values, after.get(name), name));
      backward(parameters, Float.POSITIVE_INFINITY);
      try (Gradients gradients = Gradients.of(parameters)) {
        assertEquals(
            "loss NaN, gradient norm Infinity; not finite: gradient of encoder.weight,"
                + " embeddings.weight, encoder.bias and 1 more; no parameter",
            guard.found(gradients, parameters).describe());
      }
    }
  }

  private Map<String, float[]> everything(Map<String, NDArray> parameters, AdamW adamw) {
    Map<String, float[]> all = new LinkedHashMap<>();
    parameters.forEach((name, array) -> all.put(name, array.toFloatArray()));
    adamw.state().forEach((name, array) -> all.put("state." + name, array.toFloatArray()));
    return all;
  }

  private void guarded(
      Map<String, NDArray> parameters, AdamW adamw, StepGuard guard, float factor) {
    NDArray loss = backward(parameters, factor);
    try (Gradients gradients = Gradients.of(parameters)) {
      NDArray norm = new GradientClip(1).clip(gradients);
      guard.watch(loss, norm);
      adamw.step(gradients, 0.1, guard);
      gradients.zero();
    }
  }

  private void steps(Map<String, NDArray> parameters, AdamW adamw, int count) {
    for (int i = 0; i < count; i++) {
      step(parameters, adamw, 0.1);
    }
  }

  private double step(Map<String, NDArray> parameters, AdamW adamw, double rate) {
    backward(parameters, 1);
    try (Gradients gradients = Gradients.of(parameters)) {
      double norm = new GradientClip(1).apply(gradients);
      adamw.step(gradients, rate);
      gradients.zero();
      return norm;
    }
  }

  private NDArray backward(Map<String, NDArray> parameters, float factor) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray loss = manager.create(0f);
      for (NDArray parameter : parameters.values()) {
        NDArray flat = parameter.reshape(-1);
        float[] a = Arrays.copyOf(A, (int) flat.size());
        loss = loss.add(flat.square().mul(manager.create(a)).mul(factor).sum());
      }
      collector.backward(loss);
      return loss;
    }
  }

  private Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    float[] values = {1, 2, 3};
    parameters.put("encoder.weight", trainable(manager.create(values, new Shape(1, 3))));
    parameters.put("embeddings.weight", trainable(manager.create(values, new Shape(3, 1))));
    parameters.put("encoder.bias", trainable(manager.create(new float[] {-1, 0.5f, 2})));
    parameters.put("c", trainable(manager.create(0.5f)));
    return parameters;
  }

  private static NDArray trainable(NDArray array) {
    array.setRequiresGradient(true);
    return array;
  }

  private static void assertValues(ByHand expected, Map<String, NDArray> found, String name) {
    NDArray array = found.get(name);
    assertFalse(array == null, name);
    float[] values = array.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected.p[i], values[i], 1e-5, name);
    }
  }

  /** The formula of AdamW's Javadoc in double. */
  private static final class ByHand {
    private final double[] p;
    private final double[] m;
    private final double[] v;
    private final double decay;
    private final double multiple;

    private ByHand(double[] start, double decay, double multiple) {
      this.p = start.clone();
      this.m = new double[start.length];
      this.v = new double[start.length];
      this.decay = decay;
      this.multiple = multiple;
    }

    private double gradient(int i) {
      return 2 * A[i] * p[i];
    }

    private double squaredGradient() {
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        sum += gradient(i) * gradient(i);
      }
      return sum;
    }

    private void step(int t, double rate, double scale) {
      double r = multiple * rate;
      for (int i = 0; i < p.length; i++) {
        double g = scale * gradient(i);
        p[i] -= r * decay * p[i];
        m[i] = 0.8 * m[i] + 0.2 * g;
        v[i] = 0.95 * v[i] + 0.05 * g * g;
        double corrected = m[i] / (1 - Math.pow(0.8, t));
        p[i] -= r * corrected / (Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 1e-3);
      }
    }
  }
}
