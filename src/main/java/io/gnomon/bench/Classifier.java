package io.gnomon.bench;

import java.util.List;
import java.util.Map;

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
   * @param measured figures that only the making could measure, as α on noise
   */
  record Making(
      Map<String, Double> preparationSeconds,
      double trainingSeconds,
      long samples,
      long parameters,
      long sharedParameters,
      Map<Figure, Estimate> measured) {}
}
