package io.gnomon.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import org.junit.jupiter.api.function.Executable;

/** What is refused is refused in one line. */
final class Refusals {
  private Refusals() {}

  /** {@code action} fails with an {@link InputException} of one line that holds {@code part}. */
  static void assertMessage(String part, Executable action) {
    String message = String.valueOf(assertThrows(InputException.class, action).getMessage());
    assertTrue(message.contains(part), message);
    assertEquals(1, message.lines().count(), message);
  }
}
