package io.gnomon.projection;

import io.gnomon.optimizer.NonFinite;
import java.nio.file.Path;

/**
 * A loss or gradient became NaN or infinite. Nothing was updated in that step; the state before it
 * is saved.
 */
public final class DivergenceException extends RuntimeException {
  /**
   * Says where.
   *
   * @param step the step that failed, counted from 1
   * @param batch index of its batch in the sampler
   * @param saved file of the state behind the step before
   */
  DivergenceException(long step, long batch, Path saved, NonFinite found) {
    super(
        String.format(
            "step %d, batch %d: expected finite numbers, found %s; nothing was updated and the state"
                + " behind step %d is in %s; lower optimizer.learning_rate or"
                + " optimizer.coefficient_rate, or take another objective",
            step, batch, found.describe(), step - 1, saved));
  }

  /**
   * The student's answers on the probe set are not finite.
   *
   * @param step steps made
   * @param saved file of the state behind it
   * @param cause which number is not finite
   */
  DivergenceException(long step, Path saved, IllegalArgumentException cause) {
    super(
        String.format(
            "step %d: expected finite answers of the student, found %s; the state behind it is in"
                + " %s; lower optimizer.learning_rate or optimizer.coefficient_rate",
            step, cause.getMessage(), saved),
        cause);
  }
}
