package io.gnomon.evaluation;

import java.util.List;
import java.util.Map;

/**
 * A model's figures under one rule of decision.
 *
 * @param rule {@link DecisionRule#name}
 * @param parameters {@link DecisionRule#parameters}
 * @param scores the figures
 */
public record Decision(String rule, Map<String, Double> parameters, LabelScores scores) {

  static Decision of(
      DecisionRule rule, boolean[][] gold, double[][] p, List<String> labels, Bootstrap bootstrap) {
    return new Decision(
        rule.name(),
        rule.parameters(labels),
        LabelScores.of(gold, rule.decide(p), labels, bootstrap));
  }
}
