package io.gnomon.export;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.config.InputException;
import io.gnomon.serve.LabelFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A folder that is written aside, and put in its place or removed as a whole; by one export at a
 * time.
 */
final class StagedFolder implements AutoCloseable {
  private static final String STAGED = "export";

  private final Path target;
  private final Path aside;
  private final FolderLock lock;

  /**
   * Makes the folder aside, empty; one that a killed export left is removed.
   *
   * @throws InputException when something stands in its place that is no earlier export, or another
   *     export is writing there
   */
  StagedFolder(Path target) {
    this.target = target;
    this.aside = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      refuseOthers(target);
      // What stands there is taken for an earlier export that was being replaced.
      refuseOthers(target.resolveSibling(target.getFileName() + ".old"));
      this.lock = FolderLock.acquire(aside);
    } catch (IOException e) {
      throw FileProblem.writing(aside, e);
    }
    try {
      AtomicFiles.delete(path());
      Files.createDirectory(path());
    } catch (IOException e) {
      lock.close();
      throw FileProblem.writing(aside, e);
    }
  }

  private static void refuseOthers(Path place) throws IOException {
    if (!Files.exists(place) || Files.exists(place.resolve(LabelFile.NAME))) {
      return;
    }
    if (Files.isDirectory(place)) {
      try (Stream<Path> entries = Files.list(place)) {
        if (entries.findAny().isEmpty()) {
          return;
        }
      }
    }
    throw new InputException(
        place
            + ": expected a new or empty folder, or an earlier export, found other files; give"
            + " another as --out");
  }

  Path path() {
    return aside.resolve(STAGED);
  }

  /** Puts it in its place, an earlier export's among them. */
  void publish() {
    AtomicFiles.replaceDirectory(path(), target);
  }

  /** Removes what was not published, with the folders made for it. */
  @Override
  public void close() {
    try (lock) {
      AtomicFiles.delete(path());
    } catch (IOException e) {
      throw FileProblem.writing(aside, e);
    }
    try {
      Files.deleteIfExists(aside); // where a killed export had left it
    } catch (DirectoryNotEmptyException expected) {
      // Another export has it by now.
    } catch (IOException e) {
      throw FileProblem.writing(aside, e);
    }
  }
}
