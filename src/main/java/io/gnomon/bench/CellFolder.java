package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a cell keeps its files, {@code results/<suite>/cells/<task>/<approach>/seed-N/}: a run's
 * folder with {@code cell.json} and {@code predictions.txt} beside what the run itself leaves.
 *
 * @param path the folder
 */
public record CellFolder(Path path) {
  /**
   * The folder of a cell.
   *
   * @param suite {@code results/<suite>}
   * @param id the cell's
   */
  public static CellFolder of(Path suite, String id) {
    return new CellFolder(suite.resolve("cells").resolve(id));
  }

  /** What became of the cell. */
  public Path record() {
    return path.resolve("cell.json");
  }

  /** What it answered to each test text. */
  public Path predictions() {
    return path.resolve("predictions.txt");
  }

  /** The same folder as a run's: configuration, trace, checkpoint, student. */
  public RunFolder run() {
    return new RunFolder(path);
  }

  /** What became of the cell; empty when it neither finished nor failed yet. */
  public Optional<CellRecord> read() {
    return Files.isRegularFile(record())
        ? Optional.of(CellRecord.read(record()))
        : Optional.empty();
  }

  /** The language model that the cell was taught, and its state meanwhile. */
  Path taught() {
    return path.resolve("taught");
  }

  /** Removes {@link #taught}. */
  void dropTaught() {
    delete(taught());
  }

  /** How long the cell's sittings took, while it is not finished. */
  Path sittings() {
    return path.resolve("sittings.json");
  }

  /** Whether a run in it was begun, and may be gone on with. */
  public boolean begun() {
    return Files.isDirectory(run().checkpoint());
  }

  /** Removes everything in it. */
  void clear() {
    delete(path);
  }

  /**
   * Removes what a finished run needs no more: its state, three times the student's size, texts
   * that its teacher wrote with the answers to them, and how long it took so far.
   */
  void dropCheckpoint() {
    delete(run().checkpoint());
    delete(taught().resolve("checkpoint"));
    delete(path.resolve("answers"));
    delete(sittings());
  }

  private static void delete(Path folder) {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      throw FileProblem.writing(folder, e);
    }
  }
}
