package io.gnomon.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks that concern more than one key, by the record that holds the keys. */
final class Checks {
  /** Looks at what could be read below {@code path}. */
  @FunctionalInterface
  private interface RecordCheck {
    void check(Fields fields);
  }

  private static final Map<Class<?>, List<RecordCheck>> BY_RECORD =
      Map.ofEntries(
          Map.entry(
              ExperimentConfig.class,
              List.of(
                  ExperimentChecks::component,
                  ExperimentChecks::positions,
                  ExperimentChecks::evaluation,
                  PartChecks::name,
                  PartChecks::warmup)),
          Map.entry(
              TeachConfig.class,
              List.of(
                  TeachChecks::lessons, TeachChecks::start, PartChecks::name, PartChecks::warmup)),
          Map.entry(
              TeachConfig.ModelConfig.class,
              List.of(PartChecks::heads, TeachChecks::keyValueHeads)),
          Map.entry(TaskConfig.class, List.of(TaskChecks::classes, TaskChecks::words)),
          Map.entry(TeacherConfig.class, List.of(PartChecks::teacher)),
          Map.entry(
              StudentConfig.Roberta.class, List.of(PartChecks::heads, PartChecks::checkpoint)),
          Map.entry(SamplerConfig.LengthConfig.class, List.of(PartChecks::length)),
          Map.entry(SamplerConfig.Uniform.class, List.of(PartChecks::bounds)),
          Map.entry(SamplerConfig.Blend.class, List.of(PartChecks::parts)),
          Map.entry(DataConfig.Table.class, List.of(PartChecks::table)),
          Map.entry(RuntimeConfig.class, List.of(PartChecks::device)));

  private Checks() {}

  /** Runs the checks of a record whose keys were just read, as far as they could be. */
  static void run(Class<?> type, Bound bound, String path, Problems problems) {
    Fields fields = new Fields(bound, path, problems);
    BY_RECORD.getOrDefault(type, List.of()).forEach(check -> check.check(fields));
  }

  /** The readable keys below a path. */
  record Fields(Bound bound, String path, Problems problems) {
    @Nullable Integer integer(String key) {
      return get(key, Integer.class);
    }

    @Nullable String text(String key) {
      return get(key, String.class);
    }

    <T> @Nullable T get(String key, Class<T> type) {
      return bound.at(YamlReader.join(path, key), type);
    }

    /** Whether the key below the path was written, rather than left to its default. */
    boolean written(String key) {
      return problems.written(YamlReader.join(path, key));
    }

    /** Reports the key below the path. */
    void report(String key, String found, String allowed, @Nullable String suggestion) {
      problems.at(YamlReader.join(path, key), found, allowed, suggestion);
    }
  }
}
