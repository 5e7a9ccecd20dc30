package io.gnomon.geometry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AnswerSpaceTest {
  /** Float64 sums of some ten terms. */
  private static final double EXACT = 1e-14;

  private static final AnswerSpace LABELS = AnswerSpace.labels();

  // N = 3 samples, K = 2 labels
  private static final SampledFunction G =
      SampledFunction.of(new double[][] {{0.9, 0.2}, {0.1, 0.4}, {0.8, 0.3}});
  private static final SampledFunction H =
      SampledFunction.of(new double[][] {{0.7, 0.5}, {0.6, 0.1}, {0.5, 0.2}});

  @Test
  void normsAndAnglesAreThoseOfTheSixPairs() {
    // the N·K rows (p, 1 − p), each a sample of two classes
    double[][] g = {{0.9, 0.1}, {0.2, 0.8}, {0.1, 0.9}, {0.4, 0.6}, {0.8, 0.2}, {0.3, 0.7}};
    double[][] h = {{0.7, 0.3}, {0.5, 0.5}, {0.6, 0.4}, {0.1, 0.9}, {0.5, 0.5}, {0.2, 0.8}};
    SampledFunction u = SampledFunction.of(g);
    SampledFunction v = SampledFunction.of(h);
    assertEquals(u.norm(), LABELS.vector(G).norm(), EXACT);
    assertEquals(u.inner(v), LABELS.vector(G).inner(LABELS.vector(H)), EXACT);
    assertEquals(Geometry.angle(u, v), Geometry.angle(LABELS.vector(G), LABELS.vector(H)), EXACT);
    assertEquals(
        Geometry.closedFormCoefficient(u, v),
        Geometry.closedFormCoefficient(LABELS.vector(G), LABELS.vector(H)),
        EXACT);
  }

  @Test
  void theFloorsConstantHasAPairALabel() {
    // means 0.6 and 0.3; ⟨ḡ,ḡ⟩ = ½ (0.36 + 0.16 + 0.09 + 0.49); ‖g‖² by the squares of all pairs
    double mean = Math.sqrt((0.36 + 0.16 + 0.09 + 0.49) / 2);
    double square = (0.82 + 0.68 + 0.82 + 0.52 + 0.68 + 0.58) / 6;
    double floor = Math.acos(mean / Math.sqrt(square));
    assertEquals(floor, Geometry.floor(LABELS.vector(G)), 1e-12);
    // what a constant of one pair for all labels would reach is further from g
    SampledFunction rows =
        SampledFunction.of(
            new double[][] {
              {0.9, 0.1}, {0.2, 0.8}, {0.1, 0.9}, {0.4, 0.6}, {0.8, 0.2}, {0.3, 0.7}
            });
    assertTrue(Geometry.floor(rows) > floor + 0.05);
  }

  @Test
  void agreementCountsEveryLabelOfEverySample() {
    // yes: G (1 0) (0 0) (1 0), H (1 1) (1 0) (1 0): four of six
    assertEquals(4.0 / 6, LABELS.agreement(G, H), EXACT);
    // the first label yes twice of three, the second never
    assertEquals(5.0 / 6, LABELS.agreementFloor(G), EXACT);
    SampledFunction other = SampledFunction.of(new double[][] {{0.5, 0.5}});
    assertThrows(IllegalArgumentException.class, () -> LABELS.agreement(G, other));
  }

  @Test
  void theSpreadIsThatOfTheProbabilities() {
    // variances 0.38/3 and 0.02/3
    assertEquals(Math.sqrt((0.38 + 0.02) / 3 / 2), LABELS.spread(G), EXACT);
  }

  @Test
  void ofClassesOneCounts() {
    AnswerSpace all = AnswerSpace.classes(OptionalInt.empty());
    AnswerSpace second = AnswerSpace.classes(OptionalInt.of(1));
    assertEquals(G.norm(), all.vector(G).norm(), 0);
    assertEquals(G.component(1).norm(), second.vector(G).norm(), 0);
    assertEquals(Geometry.spread(G.component(1)), second.spread(G), 0);
    // the likeliest class of each sample, whatever counts for angles: G (0, 1, 0), H (0, 0, 0)
    assertEquals(2.0 / 3, second.agreement(G, H), EXACT);
    assertEquals(2.0 / 3, second.agreementFloor(G), EXACT);
  }
}
