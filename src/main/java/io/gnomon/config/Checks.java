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
          of(
              ExperimentConfig.class,
              ExperimentChecks::component,
              ExperimentChecks::positions,
              ExperimentChecks::evaluation,
              TextChecks::set,
              PartChecks::name,
              PartChecks::warmup),
          of(
              TeachConfig.class,
              TeachChecks::lessons,
              TeachChecks::start,
              TeachChecks::output,
              TeachChecks::method,
              PartChecks::name,
              PartChecks::warmup),
          of(TeachConfig.ModelConfig.class, PartChecks::heads, TeachChecks::keyValueHeads),
          of(
              SuiteConfig.class,
              SuiteChecks::tasks,
              SuiteChecks::seeds,
              SuiteChecks::approaches,
              SuiteChecks::taskSet,
              PartChecks::name),
          of(
              TaskConfig.class,
              TaskChecks::classes,
              TaskChecks::words,
              LabelChecks::placeholder,
              LabelChecks::answers),
          of(TeacherConfig.class, PartChecks::teacher),
          of(StudentConfig.Roberta.class, PartChecks::heads, PartChecks::checkpoint),
          of(SamplerConfig.LengthConfig.class, PartChecks::length),
          of(VectorSamplerConfig.Uniform.class, PartChecks::bounds),
          of(DerivedSamplerConfig.Blend.class, PartChecks::parts),
          of(DataConfig.Table.class, PartChecks::table),
          of(TraceConfig.class, TraceChecks::sinks),
          of(RuntimeConfig.class, PartChecks::device));

  private Checks() {}

  private static Map.Entry<Class<?>, List<RecordCheck>> of(Class<?> type, RecordCheck... checks) {
    return Map.entry(type, List.of(checks));
  }

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
