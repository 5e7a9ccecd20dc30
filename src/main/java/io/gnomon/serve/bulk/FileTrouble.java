package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;

/** What a file system or a library of formats said, in one line. */
final class FileTrouble {
  private FileTrouble() {}

  static InputException reading(String name, IOException cause) {
    return new InputException(
        name + ": cannot be read: " + reason(cause) + "; mend the path, or make it readable",
        cause);
  }

  static InputException writing(Path file, IOException cause) {
    return new InputException(
        file
            + ": cannot be written: "
            + reason(cause)
            + "; make room or give another place, then go on with --resume",
        cause);
  }

  static InputException parquet(String name, SQLException cause) {
    return new InputException(
        name + ": expected a Parquet file, found: " + firstLine(cause) + "; check the file", cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    return cause instanceof FileSystemException problem && problem.getReason() != null
        ? problem.getReason()
        : firstLine(cause);
  }

  /** The first line of what {@code cause} says. */
  static String firstLine(Exception cause) {
    String said = Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    return said.lines().findFirst().orElse(said);
  }
}
