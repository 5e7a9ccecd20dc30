package io.gnomon.config;

import io.gnomon.config.StudentConfig.Roberta;
import io.gnomon.config.Value.Entry;
import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Origin;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import io.gnomon.config.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The experiment of every approach on every task, by the mechanism of {@code --set}: the suite's
 * base with the task and the approach's own settings put over it. All that is wrong with any of
 * them is reported at once, in the suite's lines where it stands there.
 */
final class SuiteReading {
  private static final Set<String> DECIDED = Set.of("name", "seed", "task");
  private static final String SET = "set";
  private static final String TASK_SET = "task_set";

  private final Path file;
  private final Path base;
  private final SuiteConfig suite;
  private final Mapping content;
  private final List<Check<? super ExperimentConfig>> checks;
  private final Map<Problem, Problem> found = new LinkedHashMap<>();

  SuiteReading(
      Path file, SuiteConfig suite, Mapping content, List<Check<? super ExperimentConfig>> checks) {
    this.file = file;
    this.base = file.resolveSibling(suite.experiment());
    this.suite = suite;
    this.content = content;
    this.checks = checks;
  }

  /**
   * Reads and checks them all.
   *
   * @throws ConfigException if anything is wrong with any
   */
  LoadedSuite read() {
    Map<String, Map<String, ExperimentConfig>> experiments = new LinkedHashMap<>();
    for (String approach : suite.approaches().keySet()) {
      Map<String, ExperimentConfig> byTask = new LinkedHashMap<>();
      for (int i = 0; i < suite.tasks().size(); i++) {
        ExperimentConfig experiment = experiment(approach, i);
        if (experiment != null) {
          byTask.put(suite.tasks().get(i).name(), experiment);
        }
      }
      experiments.put(approach, byTask);
    }
    if (!found.isEmpty()) {
      throw new ConfigException(new ArrayList<>(found.values()));
    }
    return new LoadedSuite(suite, file, experiments);
  }

  private @Nullable ExperimentConfig experiment(String approach, int task) {
    Locations locations = new Locations();
    Problems problems = new Problems(locations);
    Value value = composed(approach, task, problems);
    Object bound =
        value == null
            ? null
            : new Binder(problems, locations).root(ExperimentConfig.class, "", value);
    if (bound instanceof ExperimentConfig experiment) {
      room(approach, experiment, problems);
      checks.forEach(check -> check.check(experiment, problems));
    }
    String cell = suite.tasks().get(task).name() + "/" + approach;
    problems.list().forEach(problem -> found.putIfAbsent(problem, placed(problem, cell)));
    return bound instanceof ExperimentConfig experiment ? experiment : null;
  }

  /** The base with task, name and settings in place; null when it cannot be read. */
  private @Nullable Value composed(String approach, int task, Problems problems) {
    Value value = YamlFiles.read(base, "", problems);
    if (value == null) {
      return null;
    }
    Value written = ((Sequence) under(content, "tasks")).items().get(task);
    Origin origin = written.origin();
    Overrides overrides = new Overrides(file, problems);
    // The legend of a plot names runs by their experiment; a folder's name has no plus.
    Scalar name = new Scalar(ScalarType.TEXT, approach.replace('+', '-'), origin);
    value = overrides.put(value, List.of("name"), name, origin);
    value = overrides.put(value, List.of("task"), written, origin);
    value = changed(value, settings(content), overrides, problems);
    Value own = under((Mapping) under(content, "approaches"), approach);
    value = changed(value, settings(own), overrides, problems);
    return changed(value, ofTask(suite.tasks().get(task).name()), overrides, problems);
  }

  private static Value changed(
      Value value, Map<String, Entry> settings, Overrides overrides, Problems problems) {
    Value changed = value;
    for (Map.Entry<String, Entry> setting : settings.entrySet()) {
      changed = set(changed, setting.getKey(), setting.getValue(), overrides, problems);
    }
    return changed;
  }

  private static Value set(
      Value value, String key, Entry entry, Overrides overrides, Problems problems) {
    List<String> keys = List.of(key.split("\\.", -1));
    if (keys.contains("") || DECIDED.contains(keys.get(0))) {
      problems.add(
          entry.key().text(),
          key,
          "a key that is not an approach's to set",
          "keys of the experiment other than name, seed and task",
          null);
      return value;
    }
    return overrides.put(value, keys, entry.value(), entry.key());
  }

  private static Map<String, Entry> settings(Value own) {
    Entry set = own instanceof Mapping map ? map.entries().get(SET) : null;
    return set != null && set.value() instanceof Mapping map ? map.entries() : Map.of();
  }

  private Map<String, Entry> ofTask(String name) {
    Entry all = content.entries().get(TASK_SET);
    Entry own = all != null && all.value() instanceof Mapping map ? map.entries().get(name) : null;
    return own != null && own.value() instanceof Mapping map ? map.entries() : Map.of();
  }

  private static Value under(Mapping map, String key) {
    return Objects.requireNonNull(map.entries().get(key), key).value();
  }

  /** A student that is trained must have positions for the texts it is tested on. */
  private void room(String approach, ExperimentConfig experiment, Problems problems) {
    int longest = suite.texts().maxLength();
    boolean trained =
        Objects.requireNonNull(suite.approaches().get(approach), approach).trainsStudent();
    if (trained
        && experiment.student() instanceof Roberta it
        && it.fromCheckpoint() == null
        && longest + 1 > it.maxPositions()) {
      problems.at(
          "student.max_positions",
          it.maxPositions() + " positions",
          "at least texts.max_length + 1 = " + (longest + 1) + ", for the start vector",
          Integer.toString(longest + 1));
    }
  }

  /** What is not in the suite's own file is said with the cell that it was found in. */
  private Problem placed(Problem problem, String cell) {
    return problem.location().startsWith(YamlFiles.shown(file) + ":")
        ? problem
        : new Problem(
            problem.location() + " (for " + cell + ")",
            problem.keyPath(),
            problem.found(),
            problem.allowed(),
            problem.suggestion());
  }
}
