package io.gnomon.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class GeometryTest {
  /** Float64 sums over some hundred terms. */
  private static final double EXACT = 1e-14;

  private static final SampledFunction G =
      SampledFunction.of(new double[][] {{0.9, 0.1}, {0.2, 0.8}, {0.6, 0.4}});
  private static final SampledFunction H =
      SampledFunction.of(new double[][] {{0.7, 0.3}, {0.4, 0.6}, {0.3, 0.7}});

  @Test
  void byHand() {
    // 0.63+0.03 + 0.08+0.48 + 0.18+0.28 = 1.68; 0.82 + 0.68 + 0.52 = 2.02; 0.58+0.52+0.58 = 1.68
    assertEquals(1.68 / 3, G.inner(H), EXACT);
    assertEquals(Math.sqrt(2.02 / 3), G.norm(), EXACT);
    assertEquals(1.0, Geometry.closedFormCoefficient(G, H), EXACT);
    assertEquals(Math.acos(1.68 / Math.sqrt(2.02 * 1.68)), Geometry.angle(G, H), EXACT);
    assertEquals(2.0 / 3, Geometry.agreement(G, H), EXACT);
    // mean (17/30, 13/30); variance of either column: (10²+11²+1²)/30²/3 = 222/2700
    assertEquals(Math.sqrt(222.0 / 2700), Geometry.spread(G), EXACT);
    double floor = Math.acos(Math.sqrt((17 * 17 + 13 * 13) / 900.0) / Math.sqrt(2.02 / 3));
    assertEquals(floor, Geometry.floor(G), EXACT);
  }

  @Test
  void learnedAngleIsTheAngleAtTheClosedFormAndUndefinedPastOne() {
    double best = Geometry.closedFormCoefficient(G, H);
    assertEquals(
        Geometry.angle(G, H), Geometry.learnedAngle(best, G, H).orElseThrow(), 1e-13, "at c*");
    assertTrue(Geometry.learnedAngle(1.2, G, H).isEmpty(), "1.2·‖h‖ > ‖g‖");
  }

  @Test
  void smallAnglesKeepTheirDigits() {
    for (double angle : new double[] {1e-12, 1e-9, 1e-6, 1e-3, 0.5, Math.PI - 1e-9}) {
      SampledFunction u = SampledFunction.of(new double[][] {{1, 0}});
      SampledFunction v = SampledFunction.of(new double[][] {{Math.cos(angle), Math.sin(angle)}});
      assertEquals(angle, Geometry.angle(u, v), 1e-15 + angle * 1e-9);
      assertEquals(angle, Geometry.angle(u.times(7), v.times(0.01)), 1e-15 + angle * 1e-9);
    }
  }

  @Test
  void floorOfAnAlmostConstantFunctionKeepsItsDigits() {
    double step = 1e-10;
    SampledFunction almost =
        SampledFunction.of(new double[][] {{0.5 + step, 0.5 - step}, {0.5 - step, 0.5 + step}});
    // ‖g − ḡ‖ = √2·step and |ḡ| = √½; 0.5 ± 1e-10 is itself rounded to 1e-16
    assertEquals(2 * step, Geometry.floor(almost), 1e-15);
  }

  @Test
  void noConstantIsCloserThanTheFloor() {
    SplittableRandom random = new SplittableRandom(5);
    double[][] values = new double[101][7];
    for (double[] row : values) {
      for (int k = 0; k < row.length; k++) {
        row[k] = random.nextDouble();
      }
    }
    SampledFunction g = SampledFunction.of(values);
    assertEquals(Geometry.angle(g, g.mean()), Geometry.floor(g), EXACT);
    for (int trial = 0; trial < 50; trial++) {
      double[] constant = random.doubles(7).toArray();
      double[][] rows = new double[101][];
      java.util.Arrays.fill(rows, constant);
      assertTrue(Geometry.angle(g, SampledFunction.of(rows)) > Geometry.floor(g));
    }
  }

  @Test
  void componentTakesOneColumn() {
    SampledFunction positive = G.component(0);
    assertEquals(1, positive.coordinates());
    assertEquals(Math.sqrt((0.81 + 0.04 + 0.36) / 3), positive.norm(), EXACT);
    assertThrows(IllegalArgumentException.class, () -> G.component(2));
  }

  @Test
  void refusesWhatHasNoGeometry() {
    SampledFunction zero = SampledFunction.of(new double[][] {{0, 0}, {0, 0}, {0, 0}});
    assertThrows(IllegalArgumentException.class, () -> Geometry.angle(G, zero));
    assertThrows(IllegalArgumentException.class, () -> Geometry.closedFormCoefficient(G, zero));
    assertThrows(IllegalArgumentException.class, () -> Geometry.floor(zero));
    assertThrows(IllegalArgumentException.class, () -> SampledFunction.of(new double[0][0]));
    assertThrows(IllegalArgumentException.class, () -> Geometry.angle(G, H.component(0)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SampledFunction.of(new double[][] {{1, 2}, {3, Double.NaN}}))
            .getMessage();
    assertEquals("sampled function: value [1][1] is NaN, expected a finite number", message);
  }
}
