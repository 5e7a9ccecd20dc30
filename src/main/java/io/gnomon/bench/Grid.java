package io.gnomon.bench;

import io.gnomon.baseline.Experiments;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.LoadedSuite;
import io.gnomon.config.SuiteConfig;
import io.gnomon.config.SuiteConfig.TextsConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.config.TextConfig.Generated;
import io.gnomon.config.TextConfig.Labelled;
import io.gnomon.config.TextConfig.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cells of a suite. */
public final class Grid {
  private Grid() {}

  /**
   * All cells, seed by seed and in a seed task by task: a run that was broken off has the whole
   * table under fewer seeds. An approach that no seed matters to has one cell a task.
   */
  public static List<Cell> cells(LoadedSuite suite) {
    SuiteConfig config = suite.config();
    List<Cell> cells = new ArrayList<>();
    for (long seed : config.seeds()) {
      boolean first = seed == config.seeds().get(0);
      for (TaskConfig task : config.tasks()) {
        config
            .approaches()
            .forEach(
                (name, kind) -> {
                  if (first || kind.seeded()) {
                    cells.add(cell(suite, name, kind, task.name(), seed));
                  }
                });
      }
    }
    return cells;
  }

  private static Cell cell(
      LoadedSuite suite, String name, ApproachConfig kind, String task, long seed) {
    TextsConfig text = suite.config().texts();
    ExperimentConfig plain = suite.experiment(name, task, seed);
    ExperimentConfig own =
        read(kind, text, plain).map(it -> Experiments.resolved(plain.withText(it))).orElse(plain);
    return new Cell(name, kind, own, text);
  }

  /** The text that a student is trained on; none where it is on noise, or there is no student. */
  private static Optional<TextConfig> read(
      ApproachConfig kind, TextsConfig text, ExperimentConfig experiment) {
    if (kind instanceof ApproachConfig.Direct) {
      return Optional.of(labelled(Labels.GOLD, text, experiment));
    }
    if (kind instanceof ApproachConfig.Distillation) {
      return Optional.of(labelled(Labels.TEACHER, text, experiment));
    }
    if (kind instanceof ApproachConfig.Synthetic it) {
      int longest = Math.min(it.maxLength(), experiment.student().longest());
      return Optional.of(
          new Generated(
              it.texts(), it.prompts(), longest, it.temperature(), it.topP(), it.writer()));
    }
    return Optional.empty();
  }

  private static Labelled labelled(Labels labels, TextsConfig text, ExperimentConfig experiment) {
    int longest = Math.min(text.maxLength(), experiment.student().longest());
    return new Labelled(labels, null, text.train(), longest);
  }

  /**
   * The cells whose id fits any of the patterns, all where there is none: {@code *} stands for any
   * characters, {@code ?} for one.
   *
   * @throws InputException when a pattern fits none
   */
  public static List<Cell> matching(List<Cell> cells, List<String> globs) {
    for (String glob : globs) {
      if (cells.stream().noneMatch(cell -> fits(cell, glob))) {
        throw new InputException(
            "--cell %s: expected a pattern that fits a cell, found none that it fits; they are named %s"
                .formatted(glob, examples(cells)));
      }
    }
    return cells.stream()
        .filter(cell -> globs.isEmpty() || globs.stream().anyMatch(glob -> fits(cell, glob)))
        .toList();
  }

  private static boolean fits(Cell cell, String glob) {
    String expression =
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote("" + (char) c))
            .collect(Collectors.joining());
    return cell.id().matches(expression);
  }

  private static String examples(List<Cell> cells) {
    Map<String, String> byApproach =
        cells.stream().collect(Collectors.toMap(Cell::approach, Cell::id, (a, b) -> a));
    return byApproach.values().stream().sorted().limit(3).collect(Collectors.joining(", "))
        + " and so on";
  }
}
