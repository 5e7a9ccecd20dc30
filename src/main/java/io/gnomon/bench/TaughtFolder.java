package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a cell's teaching leaves, {@code taught/}: the model, its state while it is taught, {@code
 * adapter/} where only additions were, how it was told to, and the seconds that it took so far.
 *
 * @param path the folder
 */
record TaughtFolder(Path path) {
  /** The folder, emptied where what is in it was begun under another configuration. */
  static TaughtFolder begin(CellFolder cell, String configuration) {
    TaughtFolder taught = new TaughtFolder(cell.taught());
    Path told = taught.path.resolve("teach.yaml");
    if (!Files.isRegularFile(told) || !read(told).equals(configuration)) {
      cell.dropTaught();
      AtomicFiles.writeString(told, configuration);
    }
    return taught;
  }

  /** Adds a sitting's seconds; returns those of all. */
  double spent(double seconds) {
    Path file = path.resolve("seconds.txt");
    double all = seconds + (Files.isRegularFile(file) ? number(file) : 0);
    AtomicFiles.writeString(file, all + "\n");
    return all;
  }

  private static double number(Path file) {
    try {
      return Double.parseDouble(read(file).strip());
    } catch (NumberFormatException e) {
      throw new InputException(
          file + ": expected seconds, found other text; delete it, and they count from here", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }

  /** How many numbers the low-rank additions have. */
  long additions() {
    Path file = path.resolve("adapter").resolve("adapter_model.safetensors");
    try (SafetensorsFile adapter = SafetensorsFile.open(file)) {
      return adapter.names().stream().mapToLong(name -> adapter.info(name).elements()).sum();
    }
  }
}
