package io.gnomon.optimizer;

/** A step that would have spoilt the model; nothing was updated. */
public final class NonFiniteException extends RuntimeException {
  private final transient NonFinite found;

  /**
   * @param where the step and the batch, such as {@code "step 12, batch 12"}
   */
  public NonFiniteException(String where, NonFinite found) {
    super(
        where
            + ": expected finite numbers, found "
            + found.describe()
            + "; nothing was updated and the last saved state stays; lower optimizer.learning_rate");
    this.found = found;
  }

  /** What was not finite. */
  public NonFinite found() {
    return found;
  }
}
