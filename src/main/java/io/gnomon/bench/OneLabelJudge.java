package io.gnomon.bench;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One label a text; texts of several are left out. */
record OneLabelJudge(TaskConfig task) implements Judge {
  @Override
  public LabelledSet judged(LabelledSet set) {
    return set.withOneLabel();
  }

  @Override
  public Map<Figure, Estimate> figures(LabelledSet test, double[][] g, double[][] h) {
    Evaluation it =
        Evaluation.of(test.classIndices(classes()), g, h, classes(), OptionalInt.empty());
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.ACCURACY, Estimate.of(it.student().accuracy()));
    figures.put(Figure.MACRO_F1, Estimate.of(it.student().macroF1()));
    it.student().agreement().ifPresent(a -> figures.put(Figure.AGREEMENT, Estimate.of(a)));
    figures.put(
        Figure.AGREEMENT_FLOOR, Estimate.of(Geometry.agreementFloor(SampledFunction.of(g))));
    figures.put(Figure.ALPHA_TEXT, Estimate.of(it.alpha()));
    figures.put(Figure.ALPHA_TEXT_FLOOR, Estimate.of(it.alphaFloor()));
    return figures;
  }

  @Override
  public KeptPredictions predictions(LabelledSet test, double[][] h) {
    return KeptPredictions.of(classes(), test.classIndices(classes()), h);
  }

  private List<String> classes() {
    return List.copyOf(task.classes().keySet());
  }
}
