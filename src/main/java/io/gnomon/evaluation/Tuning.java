package io.gnomon.evaluation;

import io.gnomon.evaluation.DecisionRule.Thresholds;
import io.gnomon.evaluation.DecisionRule.TopK;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a decision rule takes from a development set, which is never the one it is judged on. */
public final class Tuning {
  private static final double UNTUNED = 0.5;

  private Tuning() {}

  /**
   * One threshold a label, by itself the best for that label's F1 on the development set: between
   * two neighbouring probabilities, half-way. Of equally good ones the highest is taken; a label
   * that no text there has keeps 0.5, for its F1 is 0 whatever the threshold.
   *
   * @param p (N, K) probabilities
   * @param gold (N, K) which labels each text has
   */
  public static Thresholds thresholds(double[][] p, boolean[][] gold) {
    List<Double> thresholds = new ArrayList<>();
    for (int k = 0; k < p[0].length; k++) {
      thresholds.add(threshold(p, gold, k));
    }
    return new Thresholds(thresholds);
  }

  /** Goes down the rows by probability: each further row given adds to the predicted. */
  private static double threshold(double[][] p, boolean[][] gold, int k) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -p[row][k]))
            .mapToInt(Integer::intValue)
            .toArray();
    long support = IntStream.of(order).filter(row -> gold[row][k]).count();
    double best = 0;
    double threshold = UNTUNED;
    int right = 0;
    for (int given = 1; given <= order.length; given++) {
      int row = order[given - 1];
      right += gold[row][k] ? 1 : 0;
      double here = p[row][k];
      double next = given < order.length ? p[order[given]][k] : 0;
      double f1 = 2.0 * right / (given + support);
      if (here > next && f1 > best) {
        best = f1;
        threshold = (here + next) / 2;
      }
    }
    return threshold;
  }

  /** As many labels as a text of the development set has on average, rounded; at least one. */
  public static TopK topK(boolean[][] gold) {
    long labels = 0;
    for (boolean[] row : gold) {
      for (boolean has : row) {
        labels += has ? 1 : 0;
      }
    }
    return new TopK((int) Math.max(1, Math.round((double) labels / gold.length)));
  }
}
