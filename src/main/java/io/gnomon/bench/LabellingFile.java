package io.gnomon.bench;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.SafetensorsFile;
import io.gnomon.checkpoint.TimedMatrix;
import io.gnomon.config.InputException;
import io.gnomon.experiment.Labelling;
import io.gnomon.tensor.Matrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A teacher's answers to a set of texts, with the seconds that they took: all of them in one file,
 * or those to its first texts in another beside it until the rest is there. The teacher answers in
 * float32, so that nothing is lost.
 */
final class LabellingFile {
  private static final String G = "g";

  private final Path whole;
  private final Path begun;
  private final Path lock;
  private final int classes;

  /**
   * The answers called {@code name} in {@code folder}.
   *
   * @param classes K
   */
  LabellingFile(Path folder, String name, int classes) {
    this.whole = folder.resolve(name + ".safetensors");
    this.begun = folder.resolve(name + ".begun.safetensors");
    this.lock = folder.resolve(name);
    this.classes = classes;
  }

  /** What is locked while the teacher is asked. */
  Path lock() {
    return lock;
  }

  /**
   * All answers, where they are there.
   *
   * @param rows N
   * @throws InputException when the file holds others
   */
  Optional<Labelling> whole(int rows) {
    return Files.isRegularFile(whole) ? Optional.of(read(whole, rows)) : Optional.empty();
  }

  /**
   * The answers to the first texts; none where nothing was begun.
   *
   * @throws InputException when the file is damaged
   */
  Labelling begun() {
    if (!Files.isRegularFile(begun)) {
      return new Labelling(new double[0][], 0);
    }
    return read(begun, begunRows());
  }

  private int begunRows() {
    try (SafetensorsFile kept = SafetensorsFile.open(begun)) {
      return Math.toIntExact(kept.info(G).shape()[0]);
    }
  }

  /** Keeps the answers to the first texts. */
  void keepBegun(Labelling labels) {
    write(begun, labels);
  }

  /** Keeps all answers. */
  void keep(Labelling labels) {
    write(whole, labels);
    try {
      Files.deleteIfExists(begun);
    } catch (IOException e) {
      throw FileProblem.writing(begun, e);
    }
  }

  private Labelling read(Path file, int rows) {
    TimedMatrix kept = TimedMatrix.read(file, G, rows, classes);
    return new Labelling(Matrices.ofDoubles(kept.values(), classes), kept.seconds());
  }

  private void write(Path file, Labelling labels) {
    new TimedMatrix(Matrices.flat(labels.g()), classes, labels.seconds()).write(file, G, Map.of());
  }
}
