package io.gnomon.latency;

import io.gnomon.checkpoint.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files that hold a model's weights. */
final class ModelFiles {
  private ModelFiles() {}

  /** Bytes of a folder's files whose name {@code counts}. */
  static long bytes(Path folder, Predicate<String> counts) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> counted =
          files.filter(file -> counts.test(String.valueOf(file.getFileName()))).toList();
      long sum = 0;
      for (Path file : counted) {
        sum += Files.size(file);
      }
      return sum;
    } catch (IOException e) {
      throw FileProblem.reading(folder, e);
    }
  }
}
