package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import java.util.Objects;

/** What a file system said, in one line. */
final class FileTrouble {
  private FileTrouble() {}

  static InputException reading(String name, Exception cause) {
    return new InputException(
        name + ": cannot be read: " + firstLine(cause) + "; mend the path, or make it readable",
        cause);
  }

  static InputException writing(String name, Exception cause) {
    return new InputException(
        name + ": cannot be written: " + firstLine(cause) + "; give another place", cause);
  }

  private static String firstLine(Exception cause) {
    String said = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    return said.lines().findFirst().orElse(said);
  }
}
