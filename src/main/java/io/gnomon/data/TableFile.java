package io.gnomon.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file on disk, or one that ships with Gnomon.
 *
 * @param path the file; for one that ships, its name below this package's resources
 * @param embedded whether it ships
 */
record TableFile(Path path, boolean embedded) {
  InputStream open() throws IOException {
    if (!embedded) {
      return Files.newInputStream(path);
    }
    InputStream resource = TableFile.class.getResourceAsStream(path.toString());
    if (resource == null) {
      throw new FileNotFoundException(path.toString());
    }
    return resource;
  }

  /** {@code file:line}. */
  String where(long line) {
    return path + ":" + line;
  }
}
