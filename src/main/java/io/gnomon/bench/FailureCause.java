package io.gnomon.bench;

import io.gnomon.config.InputException;
import java.util.Objects;

/** Why a cell failed, in one line. */
final class FailureCause {
  private FailureCause() {}

  static String of(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "no message");
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return failure instanceof InputException
        ? line
        : failure.getClass().getSimpleName() + ": " + line;
  }
}
