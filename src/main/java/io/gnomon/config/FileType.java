package io.gnomon.config;

import io.gnomon.config.Value.Mapping;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a YAML file of this project describes. */
public enum FileType {
  /** An experiment, for {@code gnomon run}; its {@code from} may name any file of configs/. */
  EXPERIMENT(ExperimentConfig.class, "", "an experiment", "run"),
  /** A grid of experiments, for {@code gnomon bench}. */
  SUITE(SuiteConfig.class, null, "a suite", "bench"),
  /** What a suite must come to, for {@code gnomon reproduce}. */
  EXPECTED(ExpectedConfig.class, null, "expected figures", "reproduce"),
  /** A teacher to be made, for {@code gnomon teach}. */
  TEACH(TeachConfig.class, null, "a teacher to be made", "teach"),
  /** A part below {@code configs/tasks}. */
  TASK(TaskConfig.class, "tasks", "a task", null),
  /** A part below {@code configs/teachers}. */
  TEACHER(TeacherConfig.class, "teachers", "a teacher", null),
  /** A part below {@code configs/students}. */
  STUDENT(StudentConfig.class, "students", "a student", null),
  /** A part below {@code configs/samplers}. */
  SAMPLER(SamplerConfig.class, "samplers", "a sampler", null);

  private final Class<?> config;
  private final @Nullable String folder;
  private final String title;
  private final @Nullable String command;

  FileType(Class<?> config, @Nullable String folder, String title, @Nullable String command) {
    this.config = config;
    this.folder = folder;
    this.title = title;
    this.command = command;
  }

  /** The record, or sealed interface of records, that such a file is read into. */
  public Class<?> config() {
    return config;
  }

  /** The folder a file's own {@code from} refers to; empty for any, null when it takes none. */
  @Nullable String folder() {
    return folder;
  }

  /** The type whose configuration is {@code config}, or null. */
  static @Nullable FileType of(Class<?> config) {
    return Arrays.stream(values()).filter(type -> type.config == config).findFirst().orElse(null);
  }

  /**
   * The type of a file: a part by its folder, a suite by its {@code approaches}, what one must come
   * to by its {@code expected}, a teacher to be made by its {@code lessons}, else an experiment.
   */
  static FileType of(Path file, Value content) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    String name = parent == null || parent.getFileName() == null ? "" : last(parent);
    for (FileType type : values()) {
      if (name.equals(type.folder)) {
        return type;
      }
    }
    Set<String> keys = content instanceof Mapping map ? map.entries().keySet() : Set.of();
    if (keys.contains("approaches")) {
      return SUITE;
    }
    if (keys.contains("expected")) {
      return EXPECTED;
    }
    return keys.contains("lessons") ? TEACH : EXPERIMENT;
  }

  /**
   * Refuses a file that is of another sort beyond doubt, rather than every key of it.
   *
   * @throws InputException in one line that names the command for it
   */
  void refuseAnother(Path file, @Nullable Value content) {
    if (command == null || !(content instanceof Mapping map)) {
      return;
    }
    FileType found = of(file, map);
    boolean sure = found != EXPERIMENT || map.entries().containsKey("training");
    if (found != this && found.command != null && sure) {
      throw new InputException(
          "%s: expected %s, found %s; use gnomon %s"
              .formatted(YamlFiles.shown(file), title, found.title, found.command));
    }
  }

  private static String last(Path path) {
    return String.valueOf(path.getFileName());
  }
}
