package io.gnomon.bench;

/** The figures of a rule of decision, see {@link io.gnomon.evaluation.DecisionRule#name}. */
record LabelFigures(Figure exactMatch, Figure macroF1, Figure microF1) {
  static LabelFigures of(String rule) {
    return switch (rule) {
      case "threshold-per-label" ->
          new LabelFigures(Figure.ACCURACY, Figure.MACRO_F1, Figure.MICRO_F1);
      case "threshold" ->
          new LabelFigures(Figure.ACCURACY_HALF, Figure.MACRO_F1_HALF, Figure.MICRO_F1_HALF);
      case "top-k" ->
          new LabelFigures(Figure.ACCURACY_TOP_K, Figure.MACRO_F1_TOP_K, Figure.MICRO_F1_TOP_K);
      default -> throw new IllegalArgumentException(rule);
    };
  }
}
