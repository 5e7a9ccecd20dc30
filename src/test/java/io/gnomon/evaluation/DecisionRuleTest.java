package io.gnomon.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.evaluation.DecisionRule.Threshold;
import io.gnomon.evaluation.DecisionRule.Thresholds;
import io.gnomon.evaluation.DecisionRule.TopK;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  private static final double[] P = {0.2, 0.5, 0.9, 0.5, 0.1};

  @Test
  void aThresholdGivesWhatReachesIt() {
    boolean[] given = {false, true, true, true, false};
    assertArrayEquals(given, new Threshold(0.5).decide(P));
    assertArrayEquals(
        new boolean[] {true, false, false, true, true},
        new Thresholds(List.of(0.2, 0.6, 0.95, 0.5, 0.0)).decide(P));
  }

  @Test
  void topKGivesTheLikeliestAndOfEqualOnesTheFirst() {
    assertArrayEquals(new boolean[] {false, true, true, false, false}, new TopK(2).decide(P));
    assertArrayEquals(new boolean[] {true, true, true, true, true}, new TopK(7).decide(P));
    assertThrows(IllegalArgumentException.class, () -> new TopK(0));
  }

  @Test
  void aRuleSaysWhatItIs() {
    List<String> labels = List.of("joy", "fear");
    assertEquals("threshold {threshold=0.3}", text(new Threshold(0.3), labels));
    assertEquals(
        "threshold-per-label {joy=0.2, fear=0.7}", text(new Thresholds(List.of(0.2, 0.7)), labels));
    assertEquals("top-k {k=3.0}", text(new TopK(3), labels));
  }

  private static String text(DecisionRule rule, List<String> labels) {
    return rule.name() + " " + rule.parameters(labels);
  }

  @Test
  void rowsAreDecidedEachByItself() {
    assertArrayEquals(
        new boolean[][] {{true, false}, {false, true}},
        new TopK(1).decide(new double[][] {{0.4, 0.3}, {0.1, 0.2}}));
  }

  /**
   * The first label: at 0.85 one of one right, at 0.6 one of two, at 0.3 two of three: F1 ⅔, ½, ⅘
   * of a support of two. The second: 0.9 alone is right. The third is nowhere.
   */
  @Test
  void aTunedThresholdIsTheBestForItsLabel() {
    double[][] p = {{0.9, 0.2, 0.7}, {0.8, 0.1, 0.6}, {0.4, 0.9, 0.1}, {0.2, 0.3, 0.2}};
    boolean[][] gold = {
      {true, false, false}, {false, false, false}, {true, true, false}, {false, false, false}
    };
    List<Double> thresholds = Tuning.thresholds(p, gold).thresholds();
    assertEquals(0.3, thresholds.get(0), 1e-15);
    assertEquals(0.6, thresholds.get(1), 1e-15);
    assertEquals(0.5, thresholds.get(2), 0);
  }

  @Test
  void equalProbabilitiesAreGivenTogether() {
    // between the two rows of 0.7 no threshold stands: all three or the first alone
    double[][] p = {{0.9}, {0.7}, {0.7}};
    boolean[][] gold = {{false}, {true}, {false}};
    assertEquals(0.35, Tuning.thresholds(p, gold).thresholds().get(0), 1e-15);
  }

  @Test
  void theNumberOfLabelsIsDevsMeanAndAtLeastOne() {
    assertEquals(new TopK(1), Tuning.topK(new boolean[][] {{true}, {false}, {false}}));
    assertEquals(
        new TopK(2), Tuning.topK(new boolean[][] {{true, true, true}, {false, true, false}}));
  }
}
