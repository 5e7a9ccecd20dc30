package io.gnomon.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.Rope;
import io.gnomon.tensor.Precision;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rung gives the answers of the first. */
class LadderTest {
  private static final double FP32 = 1e-5;
  private static final double BF16 = 2e-2;
  private static final int CLASSES = Batch.CLASSES;

  static DecoderShape[] shapes() {
    return new DecoderShape[] {
      shape(6, 3, 3, true, false), // pairs share a key, with biases
      shape(5, 1, 2, false, true), // all share one
      shape(3, 3, 1, false, false) // each its own, one layer
    };
  }

  private static DecoderShape shape(
      int heads, int keyValueHeads, int layers, boolean bias, boolean tied) {
    Rope rope = new Rope(50, new Rope.Plain());
    return new DecoderShape(
        "llama", 101, 13, layers, heads, keyValueHeads, 4, 17, 43, 1e-5, tied, bias, rope);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyRungAnswersAsTheFirst(DecoderShape shape) {
    check(shape, 5);
  }

  @Test
  void withoutAPrefixToo() {
    check(shapes()[0], 0);
  }

  private static void check(DecoderShape shape, int prefix) {
    try (MeasuredTeacher subject = MeasuredTeacher.random(shape, Precision.BF16, Device.cpu());
        NDManager local = subject.manager().newSubManager();
        Ladder ladder = new Ladder(subject, Batch.of(subject, local, prefix, 7, 3))) {
      List<Ladder.Way> ways = ladder.ways();
      assertEquals(6, ways.size());
      float[] first = ways.get(0).answer().get();
      assertEquals(3 * CLASSES, first.length);
      for (Ladder.Way way : ways) {
        double difference = Ladder.largestDifference(first, way.answer().get());
        double allowed = way.precision() == Precision.FP32 ? FP32 : BF16;
        assertTrue(difference <= allowed, () -> way.name() + ": " + difference);
      }
      // The answers depend on the input, or agreement would prove nothing.
      float[] row = Arrays.copyOf(first, CLASSES);
      float[] other = Arrays.copyOfRange(first, CLASSES, 2 * CLASSES);
      assertTrue(Ladder.largestDifference(row, other) > 5 * BF16, "the rows answer alike");
    }
  }

  @Test
  void eachRungSavesWork() {
    try (MeasuredTeacher subject =
            MeasuredTeacher.random(shapes()[0], Precision.BF16, Device.cpu());
        NDManager local = subject.manager().newSubManager();
        Ladder ladder = new Ladder(subject, Batch.of(subject, local, 5, 7, 3))) {
      List<Ladder.Way> ways = ladder.ways();
      for (int i = 1; i <= 3; i++) {
        assertTrue(ways.get(i).flops() < ways.get(i - 1).flops(), ways.get(i).name());
      }
      assertEquals(ways.get(3).flops(), ways.get(5).flops());
    }
  }

  @Test
  void aDifferenceThatIsNoNumberIsNotLost() {
    float[] one = {0.5f, Float.NaN, 0.25f};
    assertTrue(Double.isNaN(Ladder.largestDifference(one, new float[] {0.5f, 0.5f, 0.5f})));
    assertEquals(0.25, Ladder.largestDifference(new float[] {1}, new float[] {0.75f}));
  }
}
