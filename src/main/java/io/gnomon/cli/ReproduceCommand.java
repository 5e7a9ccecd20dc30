package io.gnomon.cli;

import io.gnomon.bench.Bench;
import io.gnomon.bench.Bench.Outcome;
import io.gnomon.bench.Cell;
import io.gnomon.bench.Grid;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExpectedConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.LoadedSuite;
import io.gnomon.reproduce.Comparison;
import io.gnomon.reproduce.Expectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon reproduce}: an experiment run again, against what it is expected to come to. */
@Command(
    name = "reproduce",
    description = "Run an experiment again and compare with what is expected of it.",
    footer = {
      "",
      "Each figure must lie within its tolerance, to either side; exit status 1 when one does not,",
      "when its cell was made under other circumstances, or is none of the suite's any more.",
      "",
      "Example: gnomon reproduce rq2-accuracy --cell 'imdb/constant/*'"
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final Path EXPERIMENTS = Path.of("experiments");

  private final Console console;

  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "A folder of experiments/ by its name, or a suite's YAML file.")
  private String experiment = "";

  @Option(
      names = "--cell",
      paramLabel = "PATTERN",
      description = "Only cells named so: * stands for any characters, ? for one.")
  private List<String> cells = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description =
          "Where the rerun keeps its files, and goes on when it was stopped; a temporary folder"
              + " unless given.")
  private @Nullable Path results;

  ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LoadedSuite suite = ConfigLoader.suite(file(), List.of(), List.of(new SuiteTeacherChecks()));
    ExpectedConfig expected = Expectations.read(suite);
    List<Cell> asked = asked(suite, expected);
    // Of a part that was asked for by name, the rest of the file says nothing.
    List<String> gone = cells.isEmpty() ? Expectations.gone(expected, suite) : List.of();
    Path root = results == null ? temporary() : results;
    console.err().println("rerun in " + root);
    try (Interruption interruption = Interruption.install();
        BenchProgress progress = new BenchProgress(console, interruption, 0)) {
      List<String> names = asked.stream().map(Cell::id).toList();
      Outcome outcome = new Bench(suite, root, progress).run(new Bench.Request(names, false));
      progress.close();
      SuiteFolder folder = SuiteFolder.of(root, suite.config().name());
      boolean ok = print(Expectations.compare(expected, asked, outcome.differing(), folder), gone);
      return outcome.left() > 0 ? ExitCode.INTERRUPTED : ok ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private Path file() {
    Path given = Path.of(experiment);
    if (Files.isRegularFile(given)) {
      return given;
    }
    Path suite = EXPERIMENTS.resolve(experiment).resolve(Expectations.SUITE);
    if (!Files.isRegularFile(suite)) {
      throw new InputException(
          "EXPERIMENT: expected a folder of "
              + EXPERIMENTS
              + "/ with suite.yaml and expected.yaml, found '"
              + experiment
              + "'; "
              + remedy(Expectations.below(EXPERIMENTS)));
    }
    return suite;
  }

  static String remedy(List<String> reproducible) {
    return reproducible.isEmpty()
        ? "none has an expected.yaml yet, which 'gnomon bench "
            + EXPERIMENTS
            + "/ID/suite.yaml --write-expected' writes of a finished suite"
        : "take " + String.join(" or ", reproducible);
  }

  /** The cells of which something is expected. */
  private List<Cell> asked(LoadedSuite suite, ExpectedConfig expected) {
    List<Cell> asked =
        Grid.matching(Grid.cells(suite), cells).stream()
            .filter(cell -> expected.expected().containsKey(cell.id()))
            .toList();
    if (asked.isEmpty()) {
      throw new InputException(
          Expectations.beside(suite.file())
              + ": expected a figure of a cell that was asked for, found none; write the file anew"
              + " with 'gnomon bench … --write-expected'");
    }
    return asked;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("gnomon-reproduce");
    } catch (IOException e) {
      throw FileProblem.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private boolean print(List<Comparison> comparisons, List<String> gone) {
    TextTable table = new TextTable(false, false, true, true, true, true, false);
    table.row("cell", "figure", "expected", "actual", "difference", "tolerance", "");
    for (Comparison it : comparisons) {
      Double actual = it.actual();
      table.row(
          it.cell(),
          it.figure(),
          number(it.expected()),
          actual == null ? "–" : number(actual),
          actual == null ? "–" : String.format(Locale.ROOT, "%+.4f", actual - it.expected()),
          number(it.tolerance()),
          it.ok() ? "OK" : it.cause() == null ? "FAIL" : "FAIL (" + it.cause() + ")");
    }
    gone.forEach(it -> table.row(it, "–", "–", "–", "–", "–", "FAIL (no such cell)"));
    table.lines("").forEach(console.out()::println);
    return gone.isEmpty() && comparisons.stream().allMatch(Comparison::ok);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
