package io.gnomon.bench;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import java.util.Map;
import java.util.Optional;

/**
 * How the answers of a kind of task are scored and kept. Sealed: a kind of task that is not among
 * these cannot be run.
 */
sealed interface TaskScorer permits SingleLabelScorer, MultiLabelScorer {
  /** The one for a task. */
  static TaskScorer of(TaskConfig task) {
    return task.multiLabel() ? new MultiLabelScorer(task) : new SingleLabelScorer(task);
  }

  /**
   * Answers to a set; arrays are not copied and must not be changed.
   *
   * @param g (N, K) the teacher's
   * @param h (N, K) the classifier's
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of answers, never compared
  record Answered(LabelledSet set, double[][] g, double[][] h) {}

  /**
   * What a cell comes to.
   *
   * @param kept the answers, in the form that tests of significance read
   */
  record Result(Map<Figure, Estimate> figures, CellPredictions kept) {}

  /** The texts of a set that it can score. */
  LabelledSet scorable(LabelledSet set);

  /** Whether its rule of decision is tuned on the dev texts. */
  boolean tunes();

  /**
   * Scores answers.
   *
   * @param dev there where it {@link #tunes}
   */
  Result score(Answered test, Optional<Answered> dev);

  /**
   * What the answers decide.
   *
   * @param p (N, K) probabilities
   * @param dev gold labels and answers that it may be tuned on, there where it {@link #tunes}
   * @return (N, K) the labels given
   */
  boolean[][] decided(double[][] p, Optional<Tuned> dev);

  /**
   * Gold labels and one model's answers to the dev texts, both (N, K).
   *
   * @param gold which labels each text has
   * @param p the probabilities
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of answers, never compared
  record Tuned(boolean[][] gold, double[][] p) {}

  /** One number by which settings are chosen on dev texts, the higher the better. */
  double quality(boolean[][] gold, double[][] h);
}
