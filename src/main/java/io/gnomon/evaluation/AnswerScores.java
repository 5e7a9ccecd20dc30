package io.gnomon.evaluation;

import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's own answers on labelled text: how good they are, and whether they move with the text at
 * all.
 *
 * @param accuracy share of rows answered as labelled
 * @param macroF1 see {@link ConfusionMatrix#macroF1}
 * @param perClass in class order
 * @param meanLargest mean over the rows of the largest class probability
 * @param alphaFloor α₀ in radians: how far the answers are from a constant
 */
public record AnswerScores(
    Interval accuracy,
    Interval macroF1,
    List<OfClass> perClass,
    double meanLargest,
    double alphaFloor) {
  private static final long SEED = 1;

  /**
   * One class's figures.
   *
   * @param name the class
   * @param goldShare share of the rows that are labelled so
   * @param answeredShare share of the rows that are answered so; 1 where nothing else is answered
   * @param precision see {@link ConfusionMatrix#precision}
   * @param recall see {@link ConfusionMatrix#recall}
   * @param f1 see {@link ConfusionMatrix#f1}
   */
  public record OfClass(
      String name,
      double goldShare,
      double answeredShare,
      Interval precision,
      Interval recall,
      Interval f1) {}

  /**
   * Scores answers.
   *
   * @param gold (N) classes
   * @param g (N, K) class probabilities
   * @param classes K names
   */
  public static AnswerScores of(int[] gold, double[][] g, List<String> classes) {
    int[] answered = Predictions.likeliest(g);
    Bootstrap bootstrap = new Bootstrap(gold.length, Bootstrap.RESAMPLES, SEED);
    Scores scores = Scores.of(Predictions.of(gold, answered), classes, bootstrap);
    return new AnswerScores(
        scores.accuracy(),
        scores.macroF1(),
        IntStream.range(0, classes.size())
            .mapToObj(k -> ofClass(scores.perClass().get(k), share(gold, k), share(answered, k)))
            .toList(),
        Arrays.stream(g)
            .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
            .average()
            .orElseThrow(),
        Geometry.floor(SampledFunction.of(g)));
  }

  private static OfClass ofClass(ClassScores scores, double gold, double answered) {
    return new OfClass(
        scores.name(), gold, answered, scores.precision(), scores.recall(), scores.f1());
  }

  private static double share(int[] rows, int k) {
    return Arrays.stream(rows).filter(row -> row == k).count() / (double) rows.length;
  }
}
