package io.gnomon.bench;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.DecisionRule;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** One label a text; texts of several are left out. */
record SingleLabelScorer(TaskConfig task) implements TaskScorer {
  @Override
  public LabelledSet scorable(LabelledSet set) {
    return set.withOneLabel();
  }

  @Override
  public boolean tunes() {
    return false;
  }

  @Override
  public Result score(Answered test, Optional<Answered> dev) {
    int[] gold = test.set().classIndices(classes());
    Evaluation it = Evaluation.of(gold, test.g(), test.h(), classes(), OptionalInt.empty());
    return new Result(figures(it, test.g()), ClassPredictions.of(classes(), gold, test.h()));
  }

  private static Map<Figure, Estimate> figures(Evaluation it, double[][] g) {
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

  /** The likeliest class, of equal ones the first. */
  @Override
  public boolean[][] decided(double[][] p, Optional<Tuned> dev) {
    return new DecisionRule.TopK(1).decide(p);
  }

  /** Accuracy. */
  @Override
  public double quality(boolean[][] gold, double[][] h) {
    boolean[][] given = decided(h, Optional.empty());
    long right =
        IntStream.range(0, gold.length).filter(i -> Arrays.equals(gold[i], given[i])).count();
    return (double) right / gold.length;
  }

  private List<String> classes() {
    return List.copyOf(task.classes().keySet());
  }
}
