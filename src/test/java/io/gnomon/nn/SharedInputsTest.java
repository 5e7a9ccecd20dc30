package io.gnomon.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Messages;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs run once, endings on top of them, against each ending run with its input. */
class SharedInputsTest {
  private static final int D = 13;
  private static final int[] SIZES = {2, 1, 3};

  /** float32 sums in another order; states are of the order of one. */
  private static final float TOLERANCE = 2e-5f;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final NDArray endings = normal(3, new Shape(1, 6, D));

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("io.gnomon.nn.DecoderTest#shapes")
  void eachEndingStandsAsIfItWereAlone(DecoderShape shape) {
    Decoder decoder = decoder(shape, Precision.FP32);
    NDArray x = normal(1, new Shape(5, 7, D));
    try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)));
        SharedInputs inputs = SharedInputs.of(decoder, x, prefix)) {
      NDArray all = inputs.last(endings, SIZES);
      assertEquals(new Shape(5, 3, D), all.getShape());
      int first = 0;
      for (int i = 0; i < SIZES.length; i++) {
        NDArray own = endings.get(new NDIndex(":, {}:{}", first, first + SIZES[i]));
        assertClose(decoder.last(x.concat(own.repeat(0, 5), 1), prefix), all, i);
        first += SIZES[i];
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.gnomon.nn.DecoderTest#shapes")
  void aPaddedRowAnswersAsAlone(DecoderShape shape) {
    Decoder decoder = decoder(shape, Precision.FP32);
    int[] lengths = {5, 2, 7};
    NDArray x = normal(1, new Shape(3, 7, D));
    try (KeyValueCache prefix = decoder.cache(manager.create(new Shape(1, 0, D)));
        SharedInputs inputs = SharedInputs.of(decoder, x, prefix, lengths)) {
      NDArray together = inputs.last(endings, SIZES);
      for (int row = 0; row < 3; row++) {
        NDArray own = x.get(new NDIndex("{}:{}, :{}", row, row + 1, lengths[row]));
        try (SharedInputs alone = SharedInputs.of(decoder, own, prefix)) {
          assertArrayEquals(
              alone.last(endings, SIZES).toFloatArray(),
              together.get(new NDIndex("{}:{}", row, row + 1)).toFloatArray(),
              TOLERANCE);
        }
      }
    }
  }

  @Test
  void rowsCutToOneLengthSeeNoPadding() {
    Decoder decoder = decoder(DecoderTest.shapes()[0], Precision.FP32);
    NDArray x = normal(1, new Shape(2, 7, D));
    try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)));
        SharedInputs cut = SharedInputs.of(decoder, x, prefix, new int[] {5, 5});
        SharedInputs shorter = SharedInputs.of(decoder, x.get(new NDIndex(":, :5")), prefix)) {
      assertArrayEquals(
          shorter.last(endings, SIZES).toFloatArray(),
          cut.last(endings, SIZES).toFloatArray(),
          TOLERANCE);
    }
  }

  @Test
  void bfloat16ComesNear() {
    DecoderShape shape = DecoderTest.shapes()[1];
    NDArray x = normal(1, new Shape(5, 7, D));
    float[][] answers = new float[2][];
    for (Precision precision : new Precision[] {Precision.FP32, Precision.BF16}) {
      Decoder decoder = decoder(shape, precision);
      try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)));
          SharedInputs inputs = SharedInputs.of(decoder, x, prefix)) {
        answers[precision == Precision.FP32 ? 0 : 1] = inputs.last(endings, SIZES).toFloatArray();
      }
    }
    // 8 bits of mantissa in the products, sums of some ten terms
    assertArrayEquals(answers[0], answers[1], 0.1f);
  }

  @Test
  void anEndingOfNothingIsRefused() {
    Decoder decoder = decoder(DecoderTest.shapes()[0], Precision.FP32);
    try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)));
        SharedInputs inputs = SharedInputs.of(decoder, normal(1, new Shape(1, 2, D)), prefix)) {
      assertEquals(
          "endings: expected at least 1 vector each, found [6, 0]",
          Messages.of(
              IllegalArgumentException.class, () -> inputs.last(endings, new int[] {6, 0})));
    }
  }

  @Test
  void anOverrunSaysHowMuchFits() {
    Decoder decoder = decoder(DecoderTest.shapes()[0], Precision.FP32);
    try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)))) {
      NDArray x = normal(1, new Shape(1, 18, D));
      try (SharedInputs inputs = SharedInputs.of(decoder, x, prefix)) {
        // six positions in all, but three at most behind the input: 3 + 18 + 3 > 23
        assertEquals(
            "input: expected at most 20 vectors behind the prefix (the teacher has 23 positions),"
                + " found 21; shorten the text or lower the length",
            Messages.of(InputException.class, () -> inputs.last(endings, SIZES)));
        assertEquals(3, inputs.last(endings, new int[] {2, 2, 2}).getShape().get(1));
      }
      NDArray longer = normal(1, new Shape(1, 21, D));
      Messages.of(InputException.class, () -> SharedInputs.of(decoder, longer, prefix));
    }
  }

  @Test
  void callsLeaveNothingButTheirResult() {
    Decoder decoder = decoder(DecoderTest.shapes()[0], Precision.FP32);
    NDArray x = normal(1, new Shape(2, 5, D));
    try (KeyValueCache prefix = decoder.cache(normal(2, new Shape(1, 3, D)))) {
      int before = manager.getManagedArrays().size();
      for (int[] lengths : new int[][] {{5, 5}, {2, 5}}) {
        try (SharedInputs inputs = SharedInputs.of(decoder, x, prefix, lengths)) {
          inputs.last(endings, SIZES).close();
          inputs.last(endings, SIZES).close();
        }
      }
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  private Decoder decoder(DecoderShape shape, Precision precision) {
    return Decoder.frozen(DecoderInitializer.random(shape, manager, precision, false, 11));
  }

  private NDArray normal(long seed, Shape shape) {
    SplittableRandom random = Seeds.random(seed, "test", 0);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }

  private static void assertClose(NDArray expected, NDArray all, int ending) {
    NDArray actual = all.get(new NDIndex(":, {}", ending));
    assertEquals(expected.getShape(), actual.getShape());
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), TOLERANCE);
  }
}
