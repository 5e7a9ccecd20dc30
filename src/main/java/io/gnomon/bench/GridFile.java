package io.gnomon.bench;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code grid.txt}: which cells a suite has, and what each was last told. By it a report knows the
 * cells that are missing, and those that are of an older suite, without loading any configuration.
 */
public final class GridFile {
  private GridFile() {}

  static void write(Path file, List<Cell> cells) {
    StringBuilder text = new StringBuilder();
    for (Cell cell : cells) {
      text.append(cell.id()).append('\t').append(Fingerprint.settings(cell)).append('\n');
    }
    AtomicFiles.writeString(file, text.toString());
  }

  /**
   * Cell → fingerprint of its settings, in the suite's order.
   *
   * @throws InputException when the file is missing or damaged
   */
  public static Map<String, String> read(Path file) {
    Map<String, String> settings = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int tab = line.indexOf('\t');
        if (tab < 0) {
          throw new InputException(
              file
                  + ": expected a cell and its fingerprint in each line, found '"
                  + line
                  + "'; run the suite again, which writes it anew");
        }
        settings.put(line.substring(0, tab), line.substring(tab + 1));
      }
      return settings;
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    }
  }
}
