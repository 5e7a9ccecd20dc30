package io.gnomon.bench;

import java.nio.file.Path;

/**
 * Where a suite keeps its cells and its tables, {@code results/<suite>/}.
 *
 * @param path the folder
 */
public record SuiteFolder(Path path) {
  /** The folder of the suite {@code name} below {@code results}. */
  public static SuiteFolder of(Path results, String name) {
    return new SuiteFolder(results.resolve(name));
  }

  /** The suite, fully resolved. */
  public Path config() {
    return path.resolve("suite.yaml");
  }

  /** What every cell was last told, in a line each: its name and {@link Fingerprint#settings}. */
  public Path grid() {
    return path.resolve("grid.txt");
  }

  /** The folder of a cell by its name. */
  public CellFolder cell(String id) {
    return CellFolder.of(path, id);
  }

  /** The folder of a cell. */
  public CellFolder cell(Cell cell) {
    return cell(cell.id());
  }

  /** The teacher's answers to texts: safe to delete, and not committed. */
  Path answers() {
    return path.resolve("answers");
  }

  /** Sentence embeddings of texts: safe to delete, and not committed. */
  Path embeddings() {
    return answers().resolve("embeddings");
  }

  /** What one process holds while it runs a cell. */
  Path lock(Cell cell) {
    return path.resolve("running").resolve(cell.id());
  }
}
