package io.gnomon.bench;

import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import java.util.Map;

/**
 * How the answers of a kind of task are scored and kept. Sealed: a kind of task that is not among
 * these cannot be run.
 */
sealed interface Judge permits OneLabelJudge {
  /** The one for a task. */
  static Judge of(TaskConfig task) {
    return new OneLabelJudge(task);
  }

  /** The texts of a set that it can judge. */
  LabelledSet judged(LabelledSet set);

  /**
   * Scores answers.
   *
   * @param g (N, K) the teacher's
   * @param h (N, K) the classifier's
   */
  Map<Figure, Estimate> figures(LabelledSet test, double[][] g, double[][] h);

  /** What is kept of the answers, in the form that tests of significance read. */
  KeptPredictions predictions(LabelledSet test, double[][] h);
}
