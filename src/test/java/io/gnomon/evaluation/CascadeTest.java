package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CascadeTest {
  /** Rounding of powers and quotients. */
  private static final double ROUNDING = 1e-9;

  /** By rising confidence these are texts 0, 1, 3, 2, 4: wrong, right, wrong, right, right. */
  private static final double[][] H = {{.6, .4}, {.3, .7}, {.9, .1}, {.8, .2}, {.05, .95}};

  /** Right on 0, 1 and 3. */
  private static final double[][] G = {{.1, .9}, {.2, .8}, {.3, .7}, {.4, .6}, {.9, .1}};

  private static final int[] GOLD = {1, 1, 0, 1, 1};

  @Test
  void byHand() {
    Cascade cascade = Cascade.of(GOLD, G, H, 1);
    same(new Cascade.Point(0, 1, 0.6, 0.6), cascade.at(0));
    same(new Cascade.Point(0.65, 0.8, 0.8, 0.75), cascade.at(0.65));
    same(new Cascade.Point(0.85, 0.4, 1, 1.0), cascade.at(0.85));
    assertEquals(0.6, cascade.at(1).accuracy(), ROUNDING);
    assertNull(cascade.at(1).accuracyCovered());
  }

  private static void same(Cascade.Point expected, Cascade.Point found) {
    assertEquals(expected.threshold(), found.threshold(), ROUNDING);
    assertEquals(expected.coverage(), found.coverage(), ROUNDING);
    assertEquals(expected.accuracy(), found.accuracy(), ROUNDING);
    assertEquals(expected.accuracyCovered(), found.accuracyCovered());
  }

  @Test
  void theLeastThatReachesIt() {
    Cascade cascade = Cascade.of(GOLD, G, H, 1);
    assertEquals(0, cascade.threshold(0.6).orElseThrow());
    assertEquals(0.7, cascade.threshold(0.8).orElseThrow(), ROUNDING);
    assertEquals(0.9, cascade.threshold(1).orElseThrow(), ROUNDING);
    double[][] wrong = {{1, 0}, {1, 0}, {0, 1}, {1, 0}, {1, 0}};
    assertEquals(OptionalDouble.empty(), Cascade.of(GOLD, wrong, H, 1).threshold(0.8));
  }

  /** No threshold sends one of two to the teacher that are as sure. */
  @Test
  void tiesGoTogether() {
    double[][] h = {{.6, .4}, {.6, .4}};
    double[][] g = {{0, 1}, {0, 1}};
    Cascade cascade = Cascade.of(new int[] {1, 0}, g, h, 1);
    assertEquals(OptionalDouble.empty(), cascade.threshold(1));
    assertEquals(2, cascade.curve(4).size());
  }

  @Test
  void theCurveRunsFromAllToNone() {
    var curve = Cascade.of(GOLD, G, H, 1).curve(5);
    assertEquals(6, curve.size());
    for (int i = 0; i < curve.size(); i++) {
      assertEquals(1 - i / 5.0, curve.get(i).coverage(), ROUNDING);
    }
  }

  /** Nine to one said, seven to three true: T = ln 9 / ln (7/3). */
  @Test
  void theTemperatureThatMakesProbabilitiesTrue() {
    double[][] h = Collections.nCopies(10, new double[] {.9, .1}).toArray(double[][]::new);
    int[] gold = IntStream.range(0, 10).map(i -> i < 7 ? 0 : 1).toArray();
    double temperature = Temperature.fit(gold, h);
    assertEquals(Math.log(9) / Math.log(7 / 3.0), temperature, 1e-6);
    assertEquals(0.7, Temperature.tempered(h[0], temperature)[0], 1e-6);
    double entropy = -0.7 * Math.log(0.7) - 0.3 * Math.log(0.3);
    assertEquals(entropy, Temperature.loss(gold, h, temperature), ROUNDING);
  }

  /** A text without a mistake asks for no end of certainty, and a zero for no infinity. */
  @Test
  void theFitHasBounds() {
    double[][] h = {{.9, .1}, {0, 1}};
    assertEquals(0.05, Temperature.fit(new int[] {0, 1}, h), 1e-6);
    assertEquals(20, Temperature.fit(new int[] {1, 0}, h), 1e-6);
  }
}
