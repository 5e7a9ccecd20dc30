package io.gnomon.label;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A failure of somebody else's code with its causes, where each message is told anew. */
final class Retold extends Exception {
  private static final long serialVersionUID = 1L;

  private Retold(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The same failure, without what must not be shown.
   *
   * @param telling what becomes of a message
   */
  static Retold of(Throwable failure, UnaryOperator<String> telling) {
    Throwable cause = failure.getCause();
    Retold retold =
        new Retold(telling.apply(failure.toString()), cause == null ? null : of(cause, telling));
    retold.setStackTrace(failure.getStackTrace());
    return retold;
  }
}
