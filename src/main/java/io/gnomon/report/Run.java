package io.gnomon.report;

import io.gnomon.config.FlatSettings;
import io.gnomon.config.InputException;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plot needs of one run folder.
 *
 * @param folder the folder
 * @param settings its resolved configuration, flat: {@code sampler.length.min → 16}
 * @param rows its trace, at least two rows
 */
record Run(Path folder, Map<String, String> settings, List<TraceRow> rows) {
  private static final String SEED = "seed";

  /**
   * Reads {@code folder}.
   *
   * @throws InputException when it holds no readable trace of two rows or more, or no configuration
   */
  static Run read(Path folder) {
    Path trace = folder.resolve("trace.jsonl");
    List<TraceRow> rows = new TraceFile(trace).read();
    if (rows.size() < 2) {
      throw new InputException(
          "%s: a curve needs at least 2 rows, found %d; let the run go on, or lower trace.every"
              .formatted(trace, rows.size()));
    }
    return new Run(folder, FlatSettings.read(folder.resolve("config.yaml")), rows);
  }

  /** The configuration without its seed: equal for the seeds of one experiment. */
  Map<String, String> settingsButSeed() {
    Map<String, String> rest = new LinkedHashMap<>(settings);
    rest.remove(SEED);
    return rest;
  }
}
