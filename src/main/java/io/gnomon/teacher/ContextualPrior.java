package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.util.List;

/** The log of an answer on a content-free text: what a contextual calibration divides by. */
final class ContextualPrior {
  private ContextualPrior() {}

  /** See {@link Teacher#logAnswer}. */
  static float[] of(PromptedModel prompted, String text) {
    long[] ids = prompted.model().tokenizer().encode(text);
    if (ids.length == 0) {
      throw new InputException(
          "task.calibration.text: expected a text of at least one token, found '" + text + "'");
    }
    TokenBatch batch = TokenBatch.of(List.of(ids));
    return prompted.questions().multiLabel()
        ? ofLabels(prompted.pairs(batch))
        : ofClasses(prompted.answers(batch));
  }

  /**
   * Where a label is next to certain, by the probability that it is not there.
   *
   * @param pairs (K, 2)
   */
  private static float[] ofLabels(float[] pairs) {
    float[] logs = new float[pairs.length / 2];
    for (int k = 0; k < logs.length; k++) {
      double yes = Math.max(pairs[2 * k], Float.MIN_VALUE);
      logs[k] = (float) (yes < 0.5 ? Math.log(yes) : Math.log1p(-pairs[2 * k + 1]));
    }
    return logs;
  }

  private static float[] ofClasses(float[] answer) {
    float[] logs = new float[answer.length];
    for (int k = 0; k < logs.length; k++) {
      // An answer of zero has no logarithm; nothing in float32 is smaller than this.
      logs[k] = (float) Math.log(Math.max(answer[k], Float.MIN_VALUE));
    }
    return logs;
  }
}
