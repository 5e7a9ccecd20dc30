package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.SafetensorsWriter;
import io.gnomon.checkpoint.StoredTensor;
import io.gnomon.checkpoint.StoredType;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder against itself along other ways, against plain loops, and against differences. */
class DecoderTest {
  private static final int D = 13;
  private static final Rope ROPE = new Rope(50, new Rope.Plain());

  /** float32 sums in another order; states are of the order of one. */
  private static final float TOLERANCE = 2e-5f;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  static DecoderShape[] shapes() {
    return new DecoderShape[] {
      shape(3, 1, 2, false), // all heads share one
      shape(6, 3, 2, true), // pairs share one, with biases
      shape(5, 5, 1, false) // each its own, one layer
    };
  }

  private static DecoderShape shape(int heads, int keyValueHeads, int layers, boolean bias) {
    return new DecoderShape(
        "llama", 29, D, layers, heads, keyValueHeads, 4, 17, 23, 1e-5, true, bias, ROPE);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aCachedPrefixChangesNothing(DecoderShape shape) {
    Decoder decoder = Decoder.frozen(random(shape, false));
    NDArray x = normal(1, new Shape(2, 7, D));
    NDArray prefix = normal(2, new Shape(1, 3, D));
    try (KeyValueCache none = empty(decoder);
        KeyValueCache past = decoder.cache(prefix)) {
      NDArray whole = decoder.all(prefix.repeat(0, 2).concat(x, 1), none);
      NDArray behind = decoder.all(x, past);
      assertEquals(new Shape(2, 7, D), behind.getShape());
      assertClose(whole.get(new NDIndex(":, 3:")), behind);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void lastIsTheLastOfAll(DecoderShape shape) {
    Decoder decoder = Decoder.frozen(random(shape, false));
    NDArray x = normal(1, new Shape(3, 5, D));
    try (KeyValueCache past = decoder.cache(normal(2, new Shape(1, 2, D)))) {
      NDArray last = decoder.last(x, past);
      assertEquals(new Shape(3, D), last.getShape());
      assertClose(decoder.all(x, past).get(new NDIndex(":, 4")), last);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aPaddedRowAnswersAsAlone(DecoderShape shape) {
    Decoder decoder = Decoder.frozen(random(shape, false));
    int[] lengths = {5, 2, 0};
    NDArray x = normal(1, new Shape(3, 5, D));
    NDArray suffix = normal(2, new Shape(1, 2, D));
    try (KeyValueCache past = empty(decoder)) {
      NDArray padded = decoder.last(x.concat(suffix.repeat(0, 3), 1), past, lengths, 2);
      for (int row = 0; row < 3; row++) {
        NDArray own = x.get(new NDIndex("{}:{}, :{}", row, row + 1, lengths[row]));
        NDArray alone = decoder.last(own.concat(suffix, 1), past);
        assertClose(alone, padded.get(new NDIndex("{}:{}", row, row + 1)));
      }
    }
  }

  @Test
  void paddingWithoutASuffixIsRefused() {
    Decoder decoder = Decoder.frozen(random(shape(3, 1, 1, false), false));
    NDArray x = normal(1, new Shape(1, 3, D));
    try (KeyValueCache none = empty(decoder)) {
      assertThrows(IllegalArgumentException.class, () -> decoder.last(x, none, new int[] {2}, 0));
    }
  }

  @Test
  void oneLayerByHand() {
    DecoderShape shape =
        new DecoderShape("llama", 5, 2, 1, 1, 1, 2, 3, 11, 0.25, true, false, ROPE);
    DecoderParameters parameters = random(shape, false);
    raise(parameters);
    Decoder decoder = Decoder.frozen(parameters);
    double[][] x = {{1, -2}, {0.5, 3}, {-1, 0.25}};
    NDArray input = manager.create(new float[] {1, -2, 0.5f, 3, -1, 0.25f}, new Shape(1, 3, 2));
    try (KeyValueCache none = empty(decoder)) {
      double[][] expected = new PlainDecoderLayer(parameters).forward(x);
      float[] flat = new float[6];
      for (int i = 0; i < 6; i++) {
        flat[i] = (float) expected[i / 2][i % 2];
      }
      assertArrayEquals(flat, decoder.all(input, none).toFloatArray(), TOLERANCE);
      assertTrue(Math.abs(flat[5] - 0.25f) > 0.05, "the layer does nothing");
    }
  }

  @Test
  void theReadOutNormsAndMultiplies() {
    DecoderShape shape = new DecoderShape("llama", 5, 2, 1, 1, 1, 2, 3, 11, 3.5, true, false, ROPE);
    Decoder decoder = Decoder.frozen(random(shape, false));
    NDArray x = manager.create(new float[] {3, 4}, new Shape(1, 2));
    NDArray rows = manager.create(new float[] {1, 0, 0, 2, 1, 1}, new Shape(3, 2));
    // mean square 12.5 and 3.5: divided by 4
    float[] expected = {0.75f, 2, 1.75f};
    assertArrayEquals(expected, decoder.readOut(x, rows).toFloatArray(), 1e-6f);
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    DecoderParameters parameters = random(shape(6, 3, 2, true), true);
    Decoder decoder = Decoder.trainable(parameters, 0);
    NDArray x = normal(1, new Shape(2, 5, D));
    NDArray direction = normal(2, new Shape(2, 5, D));
    try (KeyValueCache none = empty(decoder)) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(decoder.all(x, none).mul(direction).sum());
      }
      SplittableRandom random = Seeds.random(5, "entries", 0);
      parameters
          .arrays()
          .arrays()
          .forEach(
              (name, array) -> {
                if (!name.equals("model.norm.weight")) { // of the read-out alone
                  int entry = random.nextInt((int) array.size());
                  double expected = slope(decoder, none, x, direction, array, entry);
                  double actual = array.getGradient().toFloatArray()[entry];
                  assertEquals(expected, actual, 0.02 * Math.max(0.5, Math.abs(expected)), name);
                }
              });
    }
  }

  private static double slope(
      Decoder decoder, KeyValueCache none, NDArray x, NDArray direction, NDArray array, int at) {
    float[] values = array.toFloatArray();
    float[] moved = values.clone();
    float step = 1f / 256;
    moved[at] = values[at] + step;
    array.set(FloatBuffer.wrap(moved));
    double above = total(decoder.all(x, none), direction);
    moved[at] = values[at] - step;
    array.set(FloatBuffer.wrap(moved));
    double below = total(decoder.all(x, none), direction);
    array.set(FloatBuffer.wrap(values));
    return (above - below) / (2 * step);
  }

  private static double total(NDArray y, NDArray direction) {
    float[] a = y.toFloatArray();
    float[] b = direction.toFloatArray();
    double total = 0;
    for (int i = 0; i < a.length; i++) {
      total += (double) a[i] * b[i];
    }
    return total;
  }

  /** libtorch would rewrite the kernels behind their first calls, and gradients with them. */
  @Test
  void theFirstCallsRoundAsTheLaterOnes() {
    // an epsilon of its own: kernels that no other test has called
    DecoderShape shape =
        new DecoderShape("llama", 29, 24, 3, 6, 3, 4, 32, 23, 1.25e-5, true, false, ROPE);
    DecoderParameters parameters = random(shape, true);
    Decoder decoder = Decoder.trainable(parameters, 0.1);
    NDArray x = normal(1, new Shape(8, 16, 24));
    List<float[]> first = gradients(decoder, parameters, x);
    for (int call = 1; call < 6; call++) {
      List<float[]> later = gradients(decoder, parameters, x);
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(first.get(i), later.get(i), "call " + call);
      }
    }
  }

  private List<float[]> gradients(Decoder decoder, DecoderParameters parameters, NDArray x) {
    Engine engine = Engine.getInstance();
    engine.setRandomSeed(3);
    try (KeyValueCache none = empty(decoder);
        GradientCollector collector = engine.newGradientCollector()) {
      NDArray y = decoder.all(x, none);
      collector.backward(y.mul(y).sum());
    }
    return parameters.arrays().arrays().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("model.norm.weight"))
        .map(entry -> taken(entry.getValue().getGradient()))
        .toList();
  }

  /** The values, and zero in their place: a backward pass adds to what is there. */
  private static float[] taken(NDArray gradient) {
    float[] values = gradient.toFloatArray();
    gradient.set(FloatBuffer.wrap(new float[values.length]));
    return values;
  }

  @Test
  void splittingAndReadingGivesTheSameWeights(@TempDir Path folder) {
    DecoderShape shape = shape(6, 3, 2, true);
    DecoderParameters made = random(shape, false);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    made.split()
        .forEach(
            (name, slice) ->
                tensors.put(name, new StoredTensor(StoredType.F32, slice.shape(), slice.values())));
    assertEquals(2 * 12 + 1, tensors.size());
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of());
    try (SafetensorsFile source = SafetensorsFile.open(file);
        DecoderParameters read = DecoderParameters.read(shape, source, manager, Precision.FP32)) {
      made.arrays()
          .arrays()
          .forEach(
              (name, array) ->
                  assertArrayEquals(
                      array.toFloatArray(), read.arrays().get(name).toFloatArray(), name));
    }
  }

  @Test
  void anOverrunSaysHowMuchFits() {
    Decoder decoder = Decoder.frozen(random(shape(3, 1, 1, false), false));
    try (KeyValueCache past = decoder.cache(normal(1, new Shape(1, 20, D)))) {
      NDArray x = normal(2, new Shape(1, 4, D));
      InputException e = assertThrows(InputException.class, () -> decoder.last(x, past));
      assertEquals(
          "input: expected at most 3 vectors behind the prefix (the teacher has 23 positions), found"
              + " 4; shorten the text or lower the length",
          e.getMessage());
    }
  }

  @Test
  void callsLeaveNothingButTheirResult() {
    Decoder decoder = Decoder.frozen(random(shape(3, 1, 2, false), false));
    NDArray x = normal(1, new Shape(2, 5, D));
    try (KeyValueCache past = decoder.cache(normal(2, new Shape(1, 3, D)))) {
      int before = manager.getManagedArrays().size();
      decoder.last(x, past).close();
      decoder.all(x, past).close();
      decoder.last(x, past, new int[] {1, 3}, 2).close();
      decoder.cache(x.get(new NDIndex("0:1"))).close();
      // the slice that was cached just now
      assertEquals(before + 1, manager.getManagedArrays().size());
    }
  }

  private KeyValueCache empty(Decoder decoder) {
    return decoder.cache(manager.create(new Shape(1, 0, decoder.shape().hidden())));
  }

  private DecoderParameters random(DecoderShape shape, boolean trainable) {
    return DecoderInitializer.random(shape, manager, Precision.FP32, trainable, 11);
  }

  /** Matrices three times as large, norms apart from one: so that each of them counts. */
  private static void raise(DecoderParameters parameters) {
    for (NDArray array : parameters.arrays().arrays().values()) {
      float[] values = array.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        values[i] *= 3 - 0.5f * i / values.length;
      }
      array.set(FloatBuffer.wrap(values));
    }
  }

  private NDArray normal(long seed, Shape shape) {
    SplittableRandom random = Seeds.random(seed, "test", 0);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }

  private static void assertClose(NDArray expected, NDArray actual) {
    assertEquals(expected.getShape(), actual.getShape());
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), TOLERANCE);
  }
}
