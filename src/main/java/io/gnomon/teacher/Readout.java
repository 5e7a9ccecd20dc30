package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import io.gnomon.config.TaskConfig.Score;

/**
 * Word logits → class probabilities: score, temperature, calibration, softmax. The prior is one
 * measured at this temperature, so that the input it was measured on comes out uniform at any.
 */
final class Readout {
  private final Verbalizer verbalizer;
  private final Score score;
  private final double temperature;
  private final float[] logPrior;

  /**
   * A read-out through {@code verbalizer}.
   *
   * @param logPrior subtracted from the scores over the temperature, one a class; empty for none
   */
  Readout(Verbalizer verbalizer, Score score, double temperature, float[] logPrior) {
    this.verbalizer = verbalizer;
    this.score = score;
    this.temperature = temperature;
    this.logPrior = logPrior.clone();
  }

  Readout calibrated(float[] prior) {
    return new Readout(verbalizer, score, temperature, prior);
  }

  /**
   * Class probabilities of a batch.
   *
   * @param logits (B, R), a column a label word
   * @return (B, K) class probabilities
   */
  NDArray probabilities(NDArray logits) {
    return classLogits(logits).softmax(-1);
  }

  /** The logarithms of {@link #probabilities}, finite where those round to 0. */
  NDArray logProbabilities(NDArray logits) {
    return classLogits(logits).logSoftmax(-1);
  }

  private NDArray classLogits(NDArray logits) {
    return corrected(scores(logits).div(temperature));
  }

  /**
   * What this read-out makes of the answers of the one without a prior: log g differs from the
   * scores over the temperature by a constant a row, which softmax takes away.
   *
   * @param g (B, K) answers without a prior
   * @return (B, K) answers with it
   */
  NDArray recalibrated(NDArray g) {
    return corrected(g.log()).softmax(-1);
  }

  private NDArray corrected(NDArray scores) {
    return logPrior.length == 0 ? scores : scores.sub(scores.getManager().create(logPrior));
  }

  private NDArray scores(NDArray logits) {
    NDList columns = new NDList();
    for (int k = 0; k < verbalizer.classes().size(); k++) {
      int[] span = verbalizer.span(k);
      columns.add(score(logits.get(new NDIndex(":, {}:{}", span[0], span[1]))));
    }
    return NDArrays.stack(columns, 1);
  }

  private NDArray score(NDArray words) {
    int[] last = {1};
    return switch (score) {
      case MAX -> words.max(last);
      case MEAN -> words.mean(last);
      case LOGSUMEXP -> logSumExp(words);
    };
  }

  private static NDArray logSumExp(NDArray words) {
    NDArray largest = words.max(new int[] {1}, true);
    return words.sub(largest).exp().sum(new int[] {1}).log().add(largest.squeeze(1));
  }
}
