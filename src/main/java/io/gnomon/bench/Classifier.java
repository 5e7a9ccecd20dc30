package io.gnomon.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an approach made: texts in, class probabilities out. */
public interface Classifier extends AutoCloseable {
  /** (N, K) the probabilities of the task's classes, in the texts' order. */
  double[][] probabilities(List<String> texts);

  /** {@link #probabilities} with nothing read that was kept: what answering takes. */
  default double[][] afresh(List<String> texts) {
    return probabilities(texts);
  }

  /** What making it took. */
  Making making();

  @Override
  void close();

  /**
   * What making a classifier took; see {@link Costs}.
   *
   * @param answersKept absent where it was trained on no noise
   * @param measured figures that only the making could measure, as α on noise
   */
  record Making(
      Map<String, Double> preparationSeconds,
      double trainingSeconds,
      long samples,
      long parameters,
      long sharedParameters,
      Costs.@Nullable AnswersKept answersKept,
      Map<Figure, Estimate> measured) {
    /** One that asked no teacher about noise and measured nothing. */
    Making(
        Map<String, Double> preparationSeconds,
        double trainingSeconds,
        long samples,
        long parameters,
        long sharedParameters) {
      this(
          preparationSeconds,
          trainingSeconds,
          samples,
          parameters,
          sharedParameters,
          null,
          Map.of());
    }
  }
}
