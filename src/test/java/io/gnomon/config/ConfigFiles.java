package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of YAML files for a test, and what the loader says of them. */
final class ConfigFiles {
  /** An experiment of eight lines with nothing wrong in it. */
  static final String GOOD =
      """
      name: x
      task:
        name: t
        prompt: {prefix: "Is it? "}
        classes: {good: [Good], bad: [Bad]}
      teacher: {path: "embedded:pocket"}
      student: {kind: roberta}
      sampler: {kind: uniform}
      """;

  private final Path folder;

  ConfigFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes a file below the folder. */
  Path write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The problems of an experiment, paths relative to the folder. */
  List<String> problems(String yaml, String... sets) {
    Path file = write("configs/x.yaml", yaml);
    ConfigException e =
        assertThrows(ConfigException.class, () -> ConfigLoader.experiment(file, List.of(sets)));
    return lines(e);
  }

  /** The lines of an exception, paths relative to the folder. */
  List<String> lines(ConfigException e) {
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  /** The experiment that the loader makes of a text. */
  ExperimentConfig load(String yaml, String... sets) {
    return ConfigLoader.experiment(write("configs/x.yaml", yaml), List.of(sets)).config();
  }
}
