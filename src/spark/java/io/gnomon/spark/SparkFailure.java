package io.gnomon.spark;

import io.gnomon.config.InputException;
import org.jspecify.annotations.Nullable;

/** What Spark says when a job fails, and what is behind it. */
public final class SparkFailure {
  private SparkFailure() {}

  /**
   * The bad input that a task met on an executor, as if the driver had met it; else the innermost
   * cause in one line, where Spark's message has the traces of both.
   *
   * @param failure what the job ended with; Scala throws checked exceptions that nothing declares
   */
  public static RuntimeException cause(Exception failure) {
    Throwable innermost = failure;
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof InputException input) {
        return input;
      }
      innermost = at;
    }
    String said = innermost.toString().lines().findFirst().orElse("nothing");
    return new IllegalStateException("the job on Spark failed: " + said, failure);
  }
}
