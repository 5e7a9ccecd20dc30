package io.gnomon.evaluation;

import io.gnomon.evaluation.DecisionRule.Threshold;
import io.gnomon.evaluation.DecisionRule.TopK;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A student, and its teacher, on texts that may have several labels.
 *
 * @param student its figures, a rule of decision each
 * @param teacher the teacher's; a tuned rule is tuned to its own answers
 * @param agreement share of all decisions at one half, a label of a text each, on which the two
 *     agree
 * @param alpha α on the texts, radians, as {@link AnswerSpace#labels} has it
 * @param alphaFloor α₀ on the texts, radians: what the best constant would reach
 */
public record LabelEvaluation(
    List<Decision> student,
    List<Decision> teacher,
    Interval agreement,
    Interval alpha,
    double alphaFloor) {
  private static final long SEED = 1;

  /** The threshold that needs no tuning. */
  static final Threshold HALF = new Threshold(0.5);

  /**
   * Answers to one set of texts; arrays are not copied and must not be changed.
   *
   * @param gold (N, K) which labels each text has
   * @param g (N, K) the teacher's probabilities
   * @param h (N, K) the student's
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of a set's answers, never compared
  public record Answered(boolean[][] gold, double[][] g, double[][] h) {}

  /**
   * Scores both under each rule that can be had: 0.5 always; a threshold a label and top-k where
   * there is a development set, top-k also where k is given.
   *
   * @param test what is scored
   * @param dev what thresholds, and k unless given, are taken from
   * @param labels K names
   */
  public static LabelEvaluation of(
      Answered test, Optional<Answered> dev, OptionalInt k, List<String> labels) {
    boolean[][] gold = test.gold();
    Bootstrap bootstrap = new Bootstrap(gold.length, Bootstrap.RESAMPLES, SEED);
    List<Decision> student = new ArrayList<>();
    for (DecisionRule rule : rules(dev.map(Answered::gold), dev.map(Answered::h), k)) {
      student.add(Decision.of(rule, gold, test.h(), labels, bootstrap));
    }
    List<Decision> teacher = new ArrayList<>();
    for (DecisionRule rule : rules(dev.map(Answered::gold), dev.map(Answered::g), k)) {
      teacher.add(Decision.of(rule, gold, test.g(), labels, bootstrap));
    }
    return new LabelEvaluation(
        student,
        teacher,
        agreement(HALF.decide(test.g()), HALF.decide(test.h()), bootstrap),
        AngleInterval.of(pairs(test.g()), pairs(test.h()), bootstrap),
        Geometry.floor(AnswerSpace.labels().vector(SampledFunction.of(test.g()))));
  }

  private static List<DecisionRule> rules(
      Optional<boolean[][]> gold, Optional<double[][]> p, OptionalInt k) {
    List<DecisionRule> rules = new ArrayList<>();
    rules.add(HALF);
    gold.ifPresent(there -> rules.add(Tuning.thresholds(p.orElseThrow(), there)));
    if (k.isPresent()) {
      rules.add(new TopK(k.getAsInt()));
    } else {
      gold.ifPresent(there -> rules.add(Tuning.topK(there)));
    }
    return rules;
  }

  private static Interval agreement(boolean[][] a, boolean[][] b, Bootstrap bootstrap) {
    double[] share = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      int same = 0;
      for (int label = 0; label < a[i].length; label++) {
        same += a[i][label] == b[i][label] ? 1 : 0;
      }
      share[i] = (double) same / a[i].length;
    }
    return bootstrap.interval(
        rows -> {
          double sum = 0;
          for (int row : rows) {
            sum += share[row];
          }
          return sum / rows.length;
        });
  }

  /** p → (p, 1 − p), a label after another: the angle's coordinates, up to a factor. */
  private static double[][] pairs(double[][] p) {
    double[][] pairs = new double[p.length][];
    for (int i = 0; i < p.length; i++) {
      pairs[i] = new double[2 * p[i].length];
      for (int k = 0; k < p[i].length; k++) {
        pairs[i][2 * k] = p[i][k];
        pairs[i][2 * k + 1] = 1 - p[i][k];
      }
    }
    return pairs;
  }
}
