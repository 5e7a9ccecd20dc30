package io.gnomon.evaluation;

import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * A student, and its teacher, on labelled text.
 *
 * @param student the student's figures, agreement with the teacher among them
 * @param teacher the teacher's own
 * @param alpha α on the texts, radians
 * @param alphaFloor α₀ on the texts, radians: what the best constant would reach
 */
public record Evaluation(Scores student, Scores teacher, Interval alpha, double alphaFloor) {
  private static final long SEED = 1;

  /**
   * Scores both.
   *
   * @param gold (N) classes
   * @param g (N, K) the teacher's probabilities
   * @param h (N, K) the student's
   * @param component the class on which the angles are taken; empty for all
   */
  public static Evaluation of(
      int[] gold, double[][] g, double[][] h, List<String> classes, OptionalInt component) {
    Bootstrap bootstrap = new Bootstrap(gold.length, Bootstrap.RESAMPLES, SEED);
    return new Evaluation(
        Scores.of(Predictions.of(gold, g, h), classes, bootstrap),
        Scores.of(Predictions.of(gold, Predictions.likeliest(g)), classes, bootstrap),
        AngleInterval.of(restricted(g, component), restricted(h, component), bootstrap),
        Geometry.floor(SampledFunction.of(g).restricted(component)));
  }

  private static double[][] restricted(double[][] rows, OptionalInt component) {
    return component.isEmpty()
        ? rows
        : Arrays.stream(rows)
            .map(row -> new double[] {row[component.getAsInt()]})
            .toArray(double[][]::new);
  }
}
