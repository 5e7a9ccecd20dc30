package io.gnomon.bench;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Bootstrap;
import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelScores;
import io.gnomon.evaluation.Tuning;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Any number of labels a text. The rule of decision is a threshold a label, tuned on the dev texts
 * to the classifier's own answers; beside it stand one half and top-k. Accuracy is exact match: all
 * of a text's labels and no other, which the tests between approaches are of too. Agreement is
 * label by label at one half.
 */
record MultiLabelScorer(TaskConfig task) implements TaskScorer {
  @Override
  public LabelledSet scorable(LabelledSet set) {
    return set;
  }

  @Override
  public boolean tunes() {
    return true;
  }

  @Override
  public Result score(Answered test, Optional<Answered> dev) {
    LabelEvaluation.Answered own = rows(test);
    LabelEvaluation.Answered tuning = rows(dev.orElseThrow());
    LabelEvaluation it =
        LabelEvaluation.of(own, Optional.of(tuning), OptionalInt.empty(), labels());
    boolean[][] given = decided(test.h(), Optional.of(new Tuned(tuning.gold(), tuning.h())));
    return new Result(figures(it, test.g()), new LabelPredictions(labels(), own.gold(), given));
  }

  private LabelEvaluation.Answered rows(Answered answered) {
    return new LabelEvaluation.Answered(
        answered.set().classIndicators(labels()), answered.g(), answered.h());
  }

  private static Map<Figure, Estimate> figures(LabelEvaluation it, double[][] g) {
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    for (Decision decision : it.student()) {
      LabelScores scores = decision.scores();
      LabelFigures names = LabelFigures.of(decision.rule());
      figures.put(names.exactMatch(), Estimate.of(scores.exactMatch()));
      figures.put(names.macroF1(), Estimate.of(scores.macroF1()));
      figures.put(names.microF1(), Estimate.of(scores.microF1()));
    }
    figures.put(Figure.AGREEMENT, Estimate.of(it.agreement()));
    figures.put(Figure.AGREEMENT_FLOOR, Estimate.of(agreementFloor(g)));
    figures.put(Figure.ALPHA_TEXT, Estimate.of(it.alpha()));
    figures.put(Figure.ALPHA_TEXT_FLOOR, Estimate.of(it.alphaFloor()));
    return figures;
  }

  /** What answering each label always as the teacher does most often agrees to. */
  static double agreementFloor(double[][] g) {
    int labels = g[0].length;
    double sum = 0;
    for (int k = 0; k < labels; k++) {
      double given = 0;
      for (double[] row : g) {
        given += row[k] >= 0.5 ? 1.0 / g.length : 0;
      }
      sum += Math.max(given, 1 - given) / labels;
    }
    return sum;
  }

  @Override
  public boolean[][] decided(double[][] p, Optional<Tuned> dev) {
    Tuned own = dev.orElseThrow();
    return Tuning.thresholds(own.p(), own.gold()).decide(p);
  }

  /** Macro-F1 under thresholds tuned to the same answers. */
  @Override
  public double quality(boolean[][] gold, double[][] h) {
    boolean[][] given = decided(h, Optional.of(new Tuned(gold, h)));
    Bootstrap once = new Bootstrap(gold.length, 1, 1);
    return LabelScores.of(gold, given, labels(), once).macroF1().value();
  }

  private List<String> labels() {
    return List.copyOf(task.classes().keySet());
  }
}
