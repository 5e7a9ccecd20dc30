package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private static final EncoderShape PRIMES = new EncoderShape(14, 1, 7, 11, 1e-5, 0);
  private static final int ROWS = 3;
  private static final int LENGTH = 5;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Width 2, one head, two positions, by hand. Queries are 0, so attention is the mean of the
   * values; values, output and feed-forward are identities.
   *
   * <p>x = (1, 0), (3, 2): the mean value is (2, 1), the residual sums (3, 1) and (5, 3), both
   * normalised to (1, −1). GELU(1) = 0.841345, GELU(−1) = −0.158655; the sums (1.841345, −1.158655)
   * are normalised to (1, −1) and scaled by 2 and 3, shifted by 0.5.
   */
  @Test
  void oneLayerByHand() {
    EncoderShape shape = new EncoderShape(2, 1, 1, 2, 1e-12, 0);
    float[] identity = {1, 0, 0, 1};
    Parameters parameters = new Parameters(manager, true);
    Encoder.shapes("", shape).forEach((name, size) -> parameters.add(name, manager.zeros(size)));
    set(parameters, "layer.0.attention.self.value.weight", identity);
    set(parameters, "layer.0.attention.output.dense.weight", identity);
    set(parameters, "layer.0.attention.output.LayerNorm.weight", new float[] {1, 1});
    set(parameters, "layer.0.intermediate.dense.weight", identity);
    set(parameters, "layer.0.output.dense.weight", identity);
    set(parameters, "layer.0.output.LayerNorm.weight", new float[] {2, 3});
    set(parameters, "layer.0.output.LayerNorm.bias", new float[] {0.5f, 0.5f});
    NDArray x = manager.create(new float[] {1, 0, 3, 2}, new Shape(1, 2, 2));
    Encoder encoder = new Encoder(parameters, "", shape, Precision.FP32);
    assertArrayEquals(
        new float[] {2.5f, -2.5f, 2.5f, -2.5f},
        encoder.forward(x, null, false).toFloatArray(),
        1e-6f);
  }

  /** Against the formulas in double precision, dimensions distinct primes or products of them. */
  @Test
  void oneLayerAgainstPlainLoops() {
    Parameters parameters = random(PRIMES);
    NDArray x = normal(new Shape(ROWS, LENGTH, 14), "x");
    float[] mask = {1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1};
    NDArray maskArray = manager.create(mask, new Shape(ROWS, LENGTH));
    Encoder encoder = new Encoder(parameters, "", PRIMES, Precision.FP32);
    float[] found = encoder.forward(x, maskArray, false).toFloatArray();
    PlainEncoderLayer plain = new PlainEncoderLayer(parameters, PRIMES);
    float[] flat = x.toFloatArray();
    for (int row = 0; row < ROWS; row++) {
      float[] expected =
          plain.forward(
              Arrays.copyOfRange(flat, row * LENGTH * 14, (row + 1) * LENGTH * 14),
              Arrays.copyOfRange(mask, row * LENGTH, (row + 1) * LENGTH));
      // float32 against double: entries are of the order of one
      assertArrayEquals(
          expected, Arrays.copyOfRange(found, row * LENGTH * 14, (row + 1) * LENGTH * 14), 1e-5f);
    }
  }

  @Test
  void theFirstPositionAloneIsTheSame() {
    EncoderShape shape = new EncoderShape(14, 3, 7, 11, 1e-5, 0);
    Encoder encoder = new Encoder(random(shape), "", shape, Precision.FP32);
    NDArray x = normal(new Shape(ROWS, LENGTH, 14), "x");
    NDArray first = encoder.first(x, null, false);
    assertEquals(new Shape(ROWS, 1, 14), first.getShape());
    assertArrayEquals(
        encoder.forward(x, null, false).get(":, :1").toFloatArray(), first.toFloatArray(), 1e-5f);
  }

  /**
   * Central differences in float32: with a step of 1e-2 the rounding of a sum of 210 terms of order
   * one (about 1e-6) becomes 1e-4, and the error of third order is about as large; 1e-2 of the
   * largest gradient leaves room for both and for no wrong formula.
   */
  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Parameters parameters = random(PRIMES);
    Encoder encoder = new Encoder(parameters, "", PRIMES, Precision.FP32);
    NDArray x = normal(new Shape(ROWS, LENGTH, 14), "x");
    NDArray weight = normal(new Shape(ROWS, LENGTH, 14), "weight");
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(encoder.forward(x, null, true).mul(weight).sum());
    }
    for (Map.Entry<String, NDArray> entry : parameters.arrays().entrySet()) {
      float[] gradient = entry.getValue().getGradient().toFloatArray();
      double largest = 0;
      for (float value : gradient) {
        largest = Math.max(largest, Math.abs(value));
      }
      int index = gradient.length / 2;
      double difference = difference(encoder, entry.getValue(), index, x, weight);
      assertEquals(difference, gradient[index], 1e-2 * Math.max(largest, 0.1), entry.getKey());
    }
  }

  @Test
  void lowPrecisionIsNearFloat32() {
    Parameters parameters = random(PRIMES);
    NDArray x = normal(new Shape(ROWS, LENGTH, 14), "x");
    float[] exact =
        new Encoder(parameters, "", PRIMES, Precision.FP32).forward(x, null, false).toFloatArray();
    float[] rounded =
        new Encoder(parameters, "", PRIMES, Precision.BF16).forward(x, null, false).toFloatArray();
    // bfloat16 keeps 8 bits: 2⁻⁸ relative per product, a handful of products, entries up to 3
    assertArrayEquals(exact, rounded, 0.05f);
  }

  private static double difference(
      Encoder encoder, NDArray parameter, int index, NDArray x, NDArray weight) {
    float[] values = parameter.toFloatArray();
    float old = values[index];
    float step = 1e-2f;
    values[index] = old + step;
    parameter.set(FloatBuffer.wrap(values.clone()));
    double above = encoder.forward(x, null, false).mul(weight).sum().getFloat();
    values[index] = old - step;
    parameter.set(FloatBuffer.wrap(values.clone()));
    double below = encoder.forward(x, null, false).mul(weight).sum().getFloat();
    values[index] = old;
    parameter.set(FloatBuffer.wrap(values));
    return (above - below) / (2 * step);
  }

  private Parameters random(EncoderShape shape) {
    Parameters parameters = new Parameters(manager, true);
    Encoder.shapes("", shape).forEach((name, size) -> parameters.add(name, normal(size, name)));
    return parameters;
  }

  private NDArray normal(Shape shape, String stream) {
    SplittableRandom random = Seeds.random(3, stream, 0);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return manager.create(values, shape);
  }

  private static void set(Parameters parameters, String name, float[] values) {
    parameters.get(name).set(FloatBuffer.wrap(values));
  }
}
