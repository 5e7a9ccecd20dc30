package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.Json;
import io.gnomon.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

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

  /** What the unfinished cell is of. */
  private Path begunAs() {
    return path.resolve("begun.json");
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

  /**
   * Writes down what a cell that begins, or goes on, is of: no state of another is of use to it.
   */
  void begin(Fingerprint fingerprint) {
    if (!fingerprint.equals(begunOf().orElse(null))) {
      AtomicFiles.writeString(begunAs(), Json.write(fingerprint));
    }
  }

  /** What the unfinished cell is of; empty where it was not begun, or that cannot be told. */
  Optional<Fingerprint> begunOf() {
    if (!Files.isRegularFile(begunAs())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(begunAs()), Fingerprint.class));
    } catch (IOException e) {
      throw FileProblem.reading(begunAs(), e);
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }

  /**
   * Whether a run left anything in it that another of the same configuration alone may go on with.
   */
  boolean holdsRun() {
    RunFolder run = run();
    return Stream.of(run.config(), run.trace(), run.checkpoint()).anyMatch(Files::exists);
  }

  /** Removes everything in it; killed inside, it leaves no cell that looks finished. */
  void clear() {
    delete(record());
    delete(path);
  }

  /**
   * Removes what a finished run needs no more: its state, three times the student's size, what that
   * is of, texts that its teacher wrote with the answers to them, and how long it took so far.
   */
  void dropCheckpoint() {
    delete(run().checkpoint());
    delete(taught().resolve("checkpoint"));
    delete(path.resolve("answers"));
    delete(sittings());
    delete(begunAs());
  }

  /** A file, or a folder with all that is in it. */
  private static void delete(Path folder) {
    try {
      AtomicFiles.delete(folder);
    } catch (IOException e) {
      throw FileProblem.writing(folder, e);
    }
  }
}
