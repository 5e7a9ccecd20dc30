package io.gnomon.reproduce;

import io.gnomon.bench.Cell;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Estimate;
import io.gnomon.bench.Figure;
import io.gnomon.bench.Grid;
import io.gnomon.bench.PlannedCell;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExpectedConfig;
import io.gnomon.config.ExpectedConfig.Expectation;
import io.gnomon.config.InputException;
import io.gnomon.config.LoadedSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a suite is expected to come to, {@code expected.yaml} beside it: made, read, compared. */
public final class Expectations {
  private static final List<Figure> FIGURES =
      List.of(
          Figure.ACCURACY,
          Figure.MACRO_F1,
          Figure.MICRO_F1,
          Figure.AGREEMENT,
          Figure.ALPHA_TEXT,
          Figure.ALPHA_NOISE);

  /** Where no seed matters, only rounding can move a figure. */
  private static final double FIXED = 0.005;

  /** Other kernels, other last digits: over a training they grow to a point or two. */
  private static final double TRAINED = 0.02;

  /** Of an angle, as a share of it: a small one tells the most. */
  private static final double TRAINED_ANGLE = 0.15;

  /** Below what an angle's own digits are worth. */
  private static final double LEAST_ANGLE = 0.001;

  /** The file of a suite in the folder of its experiment. */
  public static final String SUITE = "suite.yaml";

  private Expectations() {}

  /** Names of the folders of {@code experiments} whose suite has expectations, sorted. */
  public static List<String> below(Path experiments) {
    if (!Files.isDirectory(experiments)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(experiments)) {
      return folders
          .map(folder -> folder.resolve(SUITE))
          .filter(suite -> Files.isRegularFile(suite) && Files.isRegularFile(beside(suite)))
          .map(suite -> experiments.relativize(suite.resolveSibling("")).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileProblem.reading(experiments, e);
    }
  }

  /** {@code expected.yaml} of the suite in {@code file}. */
  public static Path beside(Path file) {
    return file.resolveSibling("expected.yaml");
  }

  /**
   * Reads the file beside a suite.
   *
   * @throws InputException when it is missing or wrong, or of another suite
   */
  public static ExpectedConfig read(LoadedSuite suite) {
    Path file = beside(suite.file());
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file
              + ": expected what the suite is to come to, found no such file; write it with 'gnomon"
              + " bench "
              + suite.file()
              + " --write-expected' once the suite is finished");
    }
    ExpectedConfig expected =
        ConfigLoader.load(file, ExpectedConfig.class, List.of(), List.of()).config();
    if (!expected.suite().equals(suite.config().name())) {
      throw new InputException(
          "%s: expected suite: %s, found %s; take the file that belongs to the suite"
              .formatted(file, suite.config().name(), expected.suite()));
    }
    return expected;
  }

  /**
   * What the finished cells of a suite came to, with a tolerance for each figure. A cell that was
   * made under other circumstances is not what the suite comes to, and left out.
   *
   * @param plan how all cells stand
   * @throws InputException when none is finished
   */
  public static ExpectedConfig of(LoadedSuite suite, List<PlannedCell> plan, SuiteFolder folder) {
    Map<String, Map<String, Expectation>> expected = new LinkedHashMap<>();
    for (PlannedCell planned : plan) {
      if (planned.status() == PlannedCell.Status.FINISHED) {
        Cell cell = planned.cell();
        folder.cell(cell).read().ifPresent(record -> expected.put(cell.id(), of(cell, record)));
      }
    }
    if (expected.isEmpty()) {
      throw new InputException(
          folder.path() + ": expected a finished cell, found none; run the suite first");
    }
    return new ExpectedConfig(suite.config().name(), expected);
  }

  private static Map<String, Expectation> of(Cell cell, CellRecord record) {
    Map<String, Expectation> figures = new LinkedHashMap<>();
    for (Figure figure : FIGURES) {
      record
          .get(figure)
          .ifPresent(it -> figures.put(figure.key(), expectation(cell, figure, it.value())));
    }
    return figures;
  }

  private static Expectation expectation(Cell cell, Figure figure, double value) {
    return new Expectation(rounded(value), rounded(tolerance(cell.kind(), figure, value)));
  }

  /** How far a rerun on another machine may lie from {@code value}. */
  static double tolerance(ApproachConfig kind, Figure figure, double value) {
    if (!kind.seeded()) {
      return FIXED;
    }
    return figure.isAngle() ? Math.max(LEAST_ANGLE, TRAINED_ANGLE * value) : TRAINED;
  }

  private static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  /**
   * Compares a rerun with what was expected.
   *
   * @param cells the cells that were rerun
   * @param differing those of them that lay there made under other circumstances: their figures are
   *     another question's, and no rerun
   * @param folder where
   */
  public static List<Comparison> compare(
      ExpectedConfig expected, List<Cell> cells, List<PlannedCell> differing, SuiteFolder folder) {
    Map<String, String> causes = new HashMap<>();
    differing.forEach(it -> causes.put(it.cell().id(), "made with other " + it.difference()));
    List<Comparison> comparisons = new ArrayList<>();
    for (Cell cell : cells) {
      Optional<CellRecord> record = folder.cell(cell).read();
      String cause = causes.get(cell.id());
      expected
          .expected()
          .getOrDefault(cell.id(), Map.of())
          .forEach(
              (figure, it) ->
                  comparisons.add(
                      cause == null
                          ? comparison(cell, figure, it, record)
                          : missing(cell, figure, it, cause)));
    }
    return comparisons;
  }

  /** Cells of which something is expected and that the suite has no more. */
  public static List<String> gone(ExpectedConfig expected, LoadedSuite suite) {
    Set<String> there = Grid.cells(suite).stream().map(Cell::id).collect(Collectors.toSet());
    return expected.expected().keySet().stream().filter(id -> !there.contains(id)).toList();
  }

  private static Comparison comparison(
      Cell cell, String figure, Expectation expected, Optional<CellRecord> record) {
    Estimate found = record.map(it -> it.figures().get(figure)).orElse(null);
    if (found == null) {
      String cause =
          record
              .map(it -> it.failed() ? "failed: " + it.cause() : "no such figure")
              .orElse("not run");
      return missing(cell, figure, expected, cause);
    }
    return new Comparison(
        cell.id(), figure, expected.value(), expected.tolerance(), found.value(), null);
  }

  private static Comparison missing(Cell cell, String figure, Expectation expected, String cause) {
    return new Comparison(cell.id(), figure, expected.value(), expected.tolerance(), null, cause);
  }
}
