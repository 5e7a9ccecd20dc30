package io.gnomon.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.config.InputException;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** The message of an {@link InputException}, which must be one line. */
final class Throwing {
  private Throwing() {}

  static String message(Executable action) {
    InputException e = assertThrows(InputException.class, action);
    String message = Objects.requireNonNull(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
