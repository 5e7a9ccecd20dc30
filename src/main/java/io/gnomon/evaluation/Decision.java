package io.gnomon.evaluation;

import io.gnomon.evaluation.DecisionRule.Threshold;
import io.gnomon.evaluation.DecisionRule.Thresholds;
import io.gnomon.evaluation.DecisionRule.TopK;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's figures under one rule of decision.
 *
 * @param rule {@code threshold}, {@code threshold-per-label} (tuned on a development set) or {@code
 *     top-k}
 * @param parameters of the rule: {@code threshold}; each label's threshold by its name; {@code k}
 * @param scores the figures
 */
public record Decision(String rule, Map<String, Double> parameters, LabelScores scores) {

  static Decision of(
      DecisionRule rule, boolean[][] gold, double[][] p, List<String> labels, Bootstrap bootstrap) {
    LabelScores scores = LabelScores.of(gold, rule.decide(p), labels, bootstrap);
    if (rule instanceof Threshold one) {
      return new Decision("threshold", Map.of("threshold", one.threshold()), scores);
    }
    if (rule instanceof TopK top) {
      return new Decision("top-k", Map.of("k", (double) top.k()), scores);
    }
    List<Double> thresholds = ((Thresholds) rule).thresholds();
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int k = 0; k < labels.size(); k++) {
      byLabel.put(labels.get(k), thresholds.get(k));
    }
    return new Decision("threshold-per-label", byLabel, scores);
  }
}
