package io.gnomon.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The figures of a model on labelled text, each with its bootstrap interval.
 *
 * @param rows N
 * @param accuracy share of rows predicted as labelled; equals micro-averaged F1
 * @param macroF1 see {@link ConfusionMatrix#macroF1}
 * @param perClass in class order
 * @param agreement share of rows predicted as the teacher does, where there is one
 * @param teacherAccuracy the teacher's own accuracy, where there is one
 */
public record Scores(
    int rows,
    Interval accuracy,
    Interval macroF1,
    List<ClassScores> perClass,
    Optional<Interval> agreement,
    Optional<Interval> teacherAccuracy) {
  private static final int OVERALL = 2; // accuracy, macro-F1
  private static final int PER_CLASS = 3; // precision, recall, F1

  /**
   * Scores predictions.
   *
   * @param predictions N rows with classes in [0, K)
   * @param classes K names
   * @param bootstrap one of N rows
   */
  public static Scores of(Predictions predictions, List<String> classes, Bootstrap bootstrap) {
    int[] gold = predictions.gold();
    int[] predicted = predictions.predicted();
    int k = classes.size();
    Interval[] intervals =
        bootstrap.intervals(rows -> statistics(new ConfusionMatrix(gold, predicted, k, rows)));
    ConfusionMatrix matrix = ConfusionMatrix.of(gold, predicted, k);
    List<ClassScores> perClass =
        IntStream.range(0, k).mapToObj(i -> classScores(i, classes, matrix, intervals)).toList();
    return new Scores(
        predictions.size(),
        intervals[0],
        intervals[1],
        perClass,
        predictions.teacher().map(teacher -> match(bootstrap, predicted, teacher)),
        predictions.teacher().map(teacher -> match(bootstrap, gold, teacher)));
  }

  private static double[] statistics(ConfusionMatrix matrix) {
    double[] statistics = new double[OVERALL + PER_CLASS * matrix.classes()];
    statistics[0] = matrix.accuracy();
    statistics[1] = matrix.macroF1();
    for (int k = 0; k < matrix.classes(); k++) {
      int first = OVERALL + PER_CLASS * k;
      statistics[first] = matrix.precision(k);
      statistics[first + 1] = matrix.recall(k);
      statistics[first + 2] = matrix.f1(k);
    }
    return statistics;
  }

  private static ClassScores classScores(
      int k, List<String> classes, ConfusionMatrix matrix, Interval[] intervals) {
    int first = OVERALL + PER_CLASS * k;
    return new ClassScores(
        classes.get(k),
        matrix.support(k),
        intervals[first],
        intervals[first + 1],
        intervals[first + 2]);
  }

  /** Share of rows on which two answers are the same. */
  private static Interval match(Bootstrap bootstrap, int[] a, int[] b) {
    return bootstrap.interval(
        rows -> {
          int same = 0;
          for (int row : rows) {
            same += a[row] == b[row] ? 1 : 0;
          }
          return (double) same / rows.length;
        });
  }
}
