package io.gnomon.tensorflow;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder's files and those of the folders in it: a SavedModel has {@code variables} and {@code
 * assets}.
 *
 * @param folder the folder
 * @param sizes bytes of each file
 */
record FolderFiles(Path folder, Map<String, Long> sizes) implements ModelFiles {
  private static final int DEPTH = 2;

  /** Lists {@code folder}. */
  static FolderFiles list(Path folder) {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder, DEPTH)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        sizes.put(folder.relativize(file).toString().replace('\\', '/'), Files.size(file));
      }
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    } catch (UncheckedIOException e) {
      throw FileProblem.reading(folder, new IOException(e));
    }
    return new FolderFiles(folder, sizes);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(folder.resolve(name));
  }

  @Override
  public String label(String name) {
    return folder.resolve(name).toString();
  }

  /** Of the lines that {@code sha256sum} prints for {@code names}, in their order. */
  @Override
  public String sha256(List<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      lines.append(Sha256.of(folder.resolve(name))).append("  ").append(name).append('\n');
    }
    return Sha256.ofText(lines.toString());
  }

  @Override
  public void close() {
    // Files are open only while they are read.
  }
}
