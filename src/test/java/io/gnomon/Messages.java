package io.gnomon;

import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** What a failing call says. */
public final class Messages {
  private Messages() {}

  /** The message with which {@code call} throws a {@code type}; fails when it does not. */
  public static String of(Class<? extends Throwable> type, Executable call) {
    return Objects.requireNonNull(Assertions.assertThrows(type, call).getMessage());
  }
}
