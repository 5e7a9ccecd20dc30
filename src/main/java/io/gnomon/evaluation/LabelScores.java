package io.gnomon.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The figures of a model on texts that may have several labels, each with its bootstrap interval
 * over texts.
 *
 * @param rows N
 * @param microF1 F1 of all N·K decisions together
 * @param macroF1 mean F1 over labels; one that no text has and none is given is left out
 * @param exactMatch share of texts given all of their labels and no other (subset accuracy)
 * @param perLabel in label order
 */
public record LabelScores(
    int rows, Interval microF1, Interval macroF1, Interval exactMatch, List<ClassScores> perLabel) {
  private static final int OVERALL = 3; // micro-F1, macro-F1, exact match
  private static final int PER_LABEL = 3; // precision, recall, F1

  /**
   * Scores decisions.
   *
   * @param gold (N, K) which labels each text has
   * @param predicted (N, K) which it is given
   * @param labels K names
   * @param bootstrap one of N rows
   */
  public static LabelScores of(
      boolean[][] gold, boolean[][] predicted, List<String> labels, Bootstrap bootstrap) {
    Interval[] intervals =
        bootstrap.intervals(rows -> statistics(new LabelCounts(gold, predicted, rows)));
    LabelCounts all = new LabelCounts(gold, predicted, IntStream.range(0, gold.length).toArray());
    List<ClassScores> perLabel =
        IntStream.range(0, labels.size())
            .mapToObj(k -> label(labels.get(k), all.support(k), intervals, OVERALL + PER_LABEL * k))
            .toList();
    return new LabelScores(gold.length, intervals[0], intervals[1], intervals[2], perLabel);
  }

  private static double[] statistics(LabelCounts counts) {
    double[] statistics = new double[OVERALL + PER_LABEL * counts.labels()];
    statistics[0] = counts.microF1();
    statistics[1] = counts.macroF1();
    statistics[2] = counts.exactMatch();
    for (int k = 0; k < counts.labels(); k++) {
      int first = OVERALL + PER_LABEL * k;
      statistics[first] = counts.precision(k);
      statistics[first + 1] = counts.recall(k);
      statistics[first + 2] = counts.f1(k);
    }
    return statistics;
  }

  private static ClassScores label(String name, int support, Interval[] intervals, int first) {
    return new ClassScores(
        name, support, intervals[first], intervals[first + 1], intervals[first + 2]);
  }
}
