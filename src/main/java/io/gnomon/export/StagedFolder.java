package io.gnomon.export;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import io.gnomon.serve.LabelFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A folder that is written aside, and put in its place or removed as a whole. */
final class StagedFolder implements AutoCloseable {
  private final Path target;
  private final Path staged;
  private final Path made;

  /**
   * Makes the folder aside, empty; one that a killed export left is removed.
   *
   * @throws InputException when something stands in its place that is no earlier export
   */
  StagedFolder(Path target) {
    this.target = target;
    this.staged = target.resolveSibling(target.getFileName() + ".tmp");
    this.made = firstMissing(staged);
    try {
      refuseOthers();
      AtomicFiles.delete(staged);
      Files.createDirectories(staged);
    } catch (IOException e) {
      throw FileProblem.writing(staged, e);
    }
  }

  private static Path firstMissing(Path path) {
    Path missing = path;
    Path parent = path.getParent();
    while (parent != null && !Files.exists(parent)) {
      missing = parent;
      parent = parent.getParent();
    }
    return missing;
  }

  private void refuseOthers() throws IOException {
    if (!Files.exists(target) || Files.exists(target.resolve(LabelFile.NAME))) {
      return;
    }
    if (Files.isDirectory(target)) {
      try (Stream<Path> entries = Files.list(target)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new InputException(
        target
            + ": expected a new or empty folder, or an earlier export, found other files; give"
            + " another as --out");
  }

  Path path() {
    return staged;
  }

  /** Puts it in its place, an earlier export's among them. */
  void publish() {
    AtomicFiles.replaceDirectory(staged, target);
  }

  /** Removes what was not published, with the folders made for it. */
  @Override
  public void close() {
    if (!Files.exists(staged)) {
      return;
    }
    try {
      AtomicFiles.delete(staged);
      dropEmpty();
    } catch (IOException e) {
      throw FileProblem.writing(staged, e);
    }
  }

  /** Up to the first that was made; another export may have used one meanwhile. */
  private void dropEmpty() throws IOException {
    Path folder = staged;
    while (!folder.equals(made)) {
      folder = Objects.requireNonNull(folder.getParent());
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }
}
