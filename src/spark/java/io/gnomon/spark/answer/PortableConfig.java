package io.gnomon.spark.answer;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig;
import io.gnomon.config.Embedded;
import io.gnomon.config.ExperimentConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An experiment that is read in another folder than its own. */
final class PortableConfig {
  private PortableConfig() {}

  /** As YAML, with what lies below the working directory at its whole path. */
  static String yaml(ExperimentConfig config) {
    List<String> sets = new ArrayList<>();
    add("teacher.path", config.teacher().path(), sets);
    DataConfig data = config.task().data();
    if (data != null) {
      add("task.data.path", data.path(), sets);
    }
    String yaml = ConfigWriter.write(config);
    return sets.isEmpty() ? yaml : ConfigWriter.write(changed(yaml, sets));
  }

  private static void add(String key, String path, List<String> sets) {
    boolean here = Embedded.name(path) == null && Files.exists(Path.of(path));
    if (here && !Path.of(path).isAbsolute()) {
      sets.add(key + "='" + Path.of(path).toAbsolutePath().toString().replace("'", "''") + "'");
    }
  }

  private static ExperimentConfig changed(String yaml, List<String> sets) {
    try {
      Path file = Files.createTempFile("gnomon-answer", ".yaml");
      try {
        return ConfigLoader.experiment(Files.writeString(file, yaml), sets).config();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
