package io.gnomon.config;

import io.gnomon.config.Value.Mapping;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML into the configuration records, strictly: keys, types, ranges, references and what
 * must agree between keys. Everything wrong is reported at once in a {@link ConfigException}.
 *
 * <p>Keys are the record components in snake case, enums are in kebab case, and {@code kind}
 * selects among the records of a sealed interface. Where {@link Key#part} names a folder of {@code
 * configs/}, a text is a reference to a file in it, and a map with {@code from} is that file with
 * the map's other keys put over its own. An experiment may itself be {@code from} another.
 */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Loads what {@code gnomon run} reads.
   *
   * @param sets overrides {@code key.path=value}, the value as YAML, in the order they apply
   * @param checks further checks; what they find is reported with the rest
   * @throws ConfigException if anything is wrong with the file, its references or the overrides
   */
  public static Loaded<ExperimentConfig> experiment(
      Path file, List<String> sets, List<Check<? super ExperimentConfig>> checks) {
    return load(file, ExperimentConfig.class, sets, checks);
  }

  /** {@link #experiment(Path, List, List)} with the checks of this package alone. */
  public static Loaded<ExperimentConfig> experiment(Path file, List<String> sets) {
    return experiment(file, sets, List.of());
  }

  /**
   * Loads what {@code gnomon teach} reads.
   *
   * @throws ConfigException if anything is wrong with the file, its references or the overrides
   */
  public static Loaded<TeachConfig> teach(Path file, List<String> sets) {
    return load(file, TeachConfig.class, sets, List.of());
  }

  /**
   * Loads what {@code gnomon bench} reads, and the experiment of each of its cells.
   *
   * @param checks further checks, for every experiment
   * @throws ConfigException if anything is wrong with the suite or, where nothing is, with any of
   *     its experiments
   */
  public static LoadedSuite suite(
      Path file, List<String> sets, List<Check<? super ExperimentConfig>> checks) {
    Reading reading = new Reading(file, sets);
    FileType.SUITE.refuseAnother(file, reading.content);
    Object config = reading.bind(SuiteConfig.class, null);
    SuiteConfig suite = reading.finish(SuiteConfig.class, config).config();
    return new SuiteReading(file, suite, (Mapping) Objects.requireNonNull(reading.content), checks)
        .read();
  }

  /**
   * Loads a file as a given record, or as one of the records of a given sealed interface.
   *
   * @throws ConfigException if anything is wrong with the file, its references or the overrides
   */
  public static <T> Loaded<T> load(
      Path file, Class<T> type, List<String> sets, List<Check<? super T>> checks) {
    Reading reading = new Reading(file, sets);
    FileType known = FileType.of(type);
    if (known != null) {
      known.refuseAnother(file, reading.content);
    }
    Object config = reading.bind(type, known == null ? null : known.folder());
    if (config != null) {
      checks.forEach(check -> check.check(type.cast(config), reading.problems));
    }
    return reading.finish(type, config);
  }

  /**
   * Loads a file as what it is, as {@code gnomon validate} does; see {@link FileType}. Of a suite
   * every experiment is checked.
   *
   * @param checks further checks, for an experiment
   * @throws ConfigException if anything is wrong with the file, its references or the overrides
   */
  public static Loaded<?> any(
      Path file, List<String> sets, List<Check<? super ExperimentConfig>> checks) {
    Reading reading = new Reading(file, sets);
    reading.stopWithoutContent();
    FileType type = FileType.of(file, Objects.requireNonNull(reading.content));
    if (type == FileType.SUITE) {
      suite(file, sets, checks);
    }
    return type == FileType.EXPERIMENT
        ? load(file, ExperimentConfig.class, sets, checks)
        : load(file, type.config(), sets, List.of());
  }

  /**
   * Loads a part that was given by a file or by reference, as {@code tasks/imdb}; a reference is
   * looked for below the {@code configs} folders from the working directory on.
   *
   * @param asked how it was given, for a message, as {@code --task imdb}
   * @param type what a folder of {@code configs/} holds
   * @throws ConfigException if there is no such part, or anything is wrong with it
   */
  public static <T> Loaded<T> part(
      String reference, String asked, Class<T> type, List<String> sets) {
    String folder = Objects.requireNonNull(Objects.requireNonNull(FileType.of(type)).folder());
    Path file = Path.of(reference);
    return load(
        Files.isRegularFile(file) ? file : References.file(reference, folder, asked),
        type,
        sets,
        List.of());
  }

  /** One file on its way to a record. */
  private static final class Reading {
    private final Path file;
    private final Locations locations = new Locations();
    private final Problems problems = new Problems(locations);
    private final @Nullable Value content;

    Reading(Path file, List<String> sets) {
      this.file = file;
      Value written = YamlFiles.read(file, "", problems);
      this.content = written == null ? null : new Overrides(file, problems).apply(written, sets);
    }

    @Nullable Object bind(Class<?> type, @Nullable String folder) {
      Value value = content;
      return value == null ? null : new Binder(problems, locations).root(type, folder, value);
    }

    void stopWithoutContent() {
      if (content == null) {
        problems.throwIfAny();
      }
    }

    <T> Loaded<T> finish(Class<T> type, @Nullable Object config) {
      problems.throwIfAny();
      T record = type.cast(Objects.requireNonNull(config, "no configuration and no problem"));
      return new Loaded<>(record, locations, file);
    }
  }
}
