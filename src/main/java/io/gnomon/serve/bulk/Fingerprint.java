package io.gnomon.serve.bulk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells a file, as it is now, from another or from what it was. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Place, size and time of the last change, in words.
   *
   * @throws io.gnomon.config.InputException when there is no such file
   */
  public static String of(Path file) {
    try {
      return "%s of %d bytes from %s"
          .formatted(file.toAbsolutePath(), Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw FileTrouble.reading(file.toString(), e);
    }
  }
}
