package io.gnomon.export;

import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.experiment.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A threshold a label, where {@code gnomon evaluate} tuned them on the set's dev part and left them
 * in the run folder.
 */
final class TunedThresholds {
  private static final String RULE = "threshold-per-label";

  private TunedThresholds() {}

  /**
   * By label; empty where none were tuned.
   *
   * @throws InputException when the file cannot be read
   */
  static Map<String, Double> of(RunFolder run, TaskConfig task) {
    Path file = run.evaluation(task.name());
    Map<String, Double> thresholds = new LinkedHashMap<>();
    if (!task.multiLabel() || !Files.isRegularFile(file)) {
      return thresholds;
    }
    for (JsonNode decision : read(file).path("student")) {
      if (decision.path("rule").asString("").equals(RULE)) {
        decision
            .path("parameters")
            .properties()
            .forEach(entry -> thresholds.put(entry.getKey(), entry.getValue().asDouble()));
      }
    }
    return thresholds;
  }

  private static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw FileProblem.reading(file, e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected what 'gnomon evaluate' wrote, found other text; evaluate again", e);
    }
  }
}
