package io.gnomon.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gnomon.nn.DecoderShape;
import io.gnomon.nn.EncoderShape;
import io.gnomon.nn.Rope;
import io.gnomon.student.StaticShape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formulas against sums written out by hand. */
class FlopsTest {
  /** D = 10, L = 3, H = 4, G = 2, E = 6, F = 7. */
  private static final DecoderShape SHAPE =
      new DecoderShape(
          "llama", 29, 10, 3, 4, 2, 6, 7, 31, 1e-5, true, false, new Rope(10, new Rope.Plain()));

  @Test
  void aLayersProducts() {
    // a row: queries 10·24, keys and values 10·12 each, output 24·10, gate, up, down 10·7 each
    double multiplications = 240 + 2 * 120 + 240 + 3 * 70;
    assertEquals(2 * 5 * multiplications, Flops.layer(SHAPE, 5));
  }

  @Test
  void attentionCountsScoresAndMixture() {
    // a pair of query and key: 24 multiplications for the score, 24 for the mixture
    assertEquals(2 * 2 * 24.0 * (3 * 5 * 11), Flops.attention(SHAPE, 3, 5, 11));
  }

  @Test
  void theReadOut() {
    assertEquals(2 * 5 * 10.0 * 29, Flops.readOut(SHAPE, 5, 29));
  }

  @Test
  void theLastLayerComputesKeysAndValuesEverywhereAndTheRestOnce() {
    double before = 2 * (Flops.layer(SHAPE, 3 * 5) + Flops.attention(SHAPE, 3, 5, 11));
    double keyValue = 2 * 15.0 * (2 * 120);
    double once = 2 * 3.0 * (240 + 240 + 3 * 70) + Flops.attention(SHAPE, 3, 1, 11);
    assertEquals(before + keyValue + once, Flops.layersForLast(SHAPE, 3, 5, 11));
  }

  @Test
  void oneLayerOfAStudent() {
    // D = 6, F = 11, d = 6, B = 2, T = 4: five positions with the start vector
    double keyValue = 2 * 2 * 5 * 6 * 12;
    double rest = 2 * 2 * (6 * 6 + 6 * 6 + 2 * 6 * 11);
    double attention = 2 * 2 * 2 * 6 * 5;
    double head = 2 * 2 * 6 * 6;
    assertEquals(
        3 * (keyValue + rest + attention + head),
        Flops.studentStep(new EncoderShape(6, 1, 2, 11, 1e-5, 0), 2, 4, 6));
  }

  @Test
  void aStudentThatPools() {
    // d = 13, M = 5, F = 3, B = 2, T = 4: the map without gradients of its inputs
    double map = 2 * 2 * 4 * 13 * 5;
    double head = 2 * 2 * (2 * 5) * 3;
    StaticShape shape = new StaticShape(13, 5, 3, List.of("a", "b"), false);
    assertEquals(2 * map + 3 * head, Flops.studentStep(shape, 2, 4));
  }

  @Test
  void aSecondLayerIsWholeAndAMapIsAdded() {
    EncoderShape one = new EncoderShape(6, 1, 2, 11, 1e-5, 0);
    EncoderShape two = new EncoderShape(6, 2, 2, 11, 1e-5, 0);
    double layer = 2 * 10.0 * (4 * 36 + 2 * 66) + 2 * 2 * 2 * 6 * 5.0 * 5;
    assertEquals(
        3 * layer, Flops.studentStep(two, 2, 4, 6) - Flops.studentStep(one, 2, 4, 6), 1e-9);
    assertEquals(
        3 * 2 * 8 * 6 * 13.0,
        Flops.studentStep(one, 2, 4, 13) - Flops.studentStep(one, 2, 4, 6),
        1e-9);
  }
}
