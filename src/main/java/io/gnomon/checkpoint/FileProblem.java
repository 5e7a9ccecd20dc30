package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An {@link IOException} said in one line: the file, what happened, how to mend it. */
public final class FileProblem {
  private FileProblem() {}

  /** {@code file} could not be read. */
  public static InputException reading(Path file, IOException cause) {
    return new InputException(file + ": cannot be read: " + whileReading(cause), cause);
  }

  /** {@code file} could not be written; a full disk is named as such. */
  public static InputException writing(Path file, IOException cause) {
    return new InputException(file + ": cannot be written: " + whileWriting(cause), cause);
  }

  private static String whileReading(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder; check the path";
    }
    return cause instanceof AccessDeniedException
        ? "permission denied; make it readable to this user"
        : reason(cause) + "; check the path and its disk";
  }

  private static String whileWriting(IOException cause) {
    if (isDiskFull(cause)) {
      return "no space left on device; free some space or choose a folder on another disk";
    }
    if (isFileForFolder(cause)) {
      return "a file stands where a folder is needed; move it away or choose another folder";
    }
    return cause instanceof AccessDeniedException
        ? "the folder is not writable to this user; change its permissions or choose another"
        : reason(cause) + "; check the path and its disk, or choose another folder";
  }

  /** Making folders fails on a file as on a file that exists, or in the words of ENOTDIR. */
  private static boolean isFileForFolder(IOException cause) {
    return cause instanceof NotDirectoryException
        || cause instanceof FileAlreadyExistsException
        || reason(cause).equalsIgnoreCase("not a directory");
  }

  /** The systems' own words: ENOSPC, EDQUOT on Linux and macOS, and Windows. */
  private static boolean isDiskFull(@Nullable Throwable cause) {
    for (Throwable link = cause; link != null; link = link.getCause()) {
      String said = Objects.toString(link.getMessage(), "").toLowerCase(Locale.ROOT);
      if (said.contains("no space left on device")
          || said.contains("not enough space on the disk")
          || said.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }

  private static String reason(IOException cause) {
    @Nullable String said =
        cause instanceof FileSystemException problem && problem.getReason() != null
            ? problem.getReason()
            : cause.getMessage();
    return firstLine(said == null ? cause.getClass().getSimpleName() : said);
  }

  /** Messages are one line, whatever a library says. */
  static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
