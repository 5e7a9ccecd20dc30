package io.gnomon.report;

import io.gnomon.config.InputException;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

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
    return new Run(folder, settings(folder.resolve("config.yaml")), rows);
  }

  /** The configuration without its seed: equal for the seeds of one experiment. */
  Map<String, String> settingsButSeed() {
    Map<String, String> rest = new LinkedHashMap<>(settings);
    rest.remove(SEED);
    return rest;
  }

  private static Map<String, String> settings(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Map<String, String> flat = new TreeMap<>();
      flatten("", new Load(LoadSettings.builder().build()).loadFromInputStream(in), flat);
      return flat;
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be read; a run folder holds the resolved configuration under this name",
          e);
    } catch (YamlEngineException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InputException(file + ": not YAML (" + reason + "); restore the file", e);
    }
  }

  private static void flatten(String prefix, Object node, Map<String, String> flat) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((key, value) -> flatten(prefix + "." + key, value, flat));
    } else if (!prefix.isEmpty()) {
      flat.put(prefix.substring(1), String.valueOf(node));
    }
  }
}
