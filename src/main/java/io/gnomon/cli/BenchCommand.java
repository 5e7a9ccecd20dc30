package io.gnomon.cli;

import io.gnomon.bench.Bench;
import io.gnomon.bench.Bench.Outcome;
import io.gnomon.bench.Bench.Request;
import io.gnomon.bench.PlannedCell;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.InputException;
import io.gnomon.config.LoadedSuite;
import io.gnomon.config.SuiteConfig;
import io.gnomon.report.SuiteReport;
import io.gnomon.reproduce.Expectations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon bench}: a grid of approaches × tasks × seeds, and its tables. */
@Command(
    name = "bench",
    description = "Run a suite of approaches, tasks and seeds, and write its tables.",
    footer = {
      "",
      "A finished cell is never run again; the same command goes on where one stopped, and several",
      "processes may share a suite. Exit status 130 while cells are left, 1 when one failed or",
      "differs from the suite.",
      "",
      "Example: gnomon bench experiments/rq2-accuracy/suite.yaml --max-minutes 60"
    })
final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "SUITE", description = "The suite's YAML file.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the suite.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--cell",
      paramLabel = "PATTERN",
      description =
          "Run only cells named so, as imdb/*/seed-1: * stands for any characters, ? for one.")
  private List<String> cells = new ArrayList<>();

  @Option(names = "--dry-run", description = "Say how the cells stand, and what is known of times.")
  private boolean dryRun;

  @Option(names = "--report-only", description = "Write the tables from the cells that are there.")
  private boolean reportOnly;

  @Option(
      names = "--redo",
      description = "Run cells anew that failed or are not of this very suite.")
  private boolean redo;

  @Option(
      names = "--write-expected",
      description =
          "Write expected.yaml beside the suite, of the cells that are finished and of this very"
              + " suite; with --report-only as well.")
  private boolean writeExpected;

  @Option(
      names = "--max-minutes",
      paramLabel = "N",
      defaultValue = "0",
      description = "Save and stop after so long; no limit unless given.")
  private double maxMinutes;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Root of all suites; ${DEFAULT-VALUE} unless given.")
  private Path results = Path.of("results");

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (maxMinutes < 0) {
      throw new InputException(
          "--max-minutes: expected 0 or more, found " + maxMinutes + "; give 0 for no limit");
    }
    if (reportOnly) {
      // The suite's name is all that is needed of it: neither models nor data sets need be there.
      String name = ConfigLoader.load(file, SuiteConfig.class, sets, List.of()).config().name();
      report(SuiteFolder.of(results, name));
      if (writeExpected) {
        LoadedSuite suite = ConfigLoader.suite(file, sets, List.of());
        try (Interruption interruption = Interruption.install();
            BenchProgress progress = new BenchProgress(console, interruption, 0)) {
          writeExpected(suite, new Bench(suite, results, progress));
        }
      }
      return ExitCode.OK;
    }
    LoadedSuite suite = ConfigLoader.suite(file, sets, List.of(new SuiteTeacherChecks()));
    try (Interruption interruption = Interruption.install();
        BenchProgress progress = new BenchProgress(console, interruption, maxMinutes)) {
      Bench bench = new Bench(suite, results, progress);
      Request request = new Request(cells, redo);
      if (dryRun) {
        return plan(bench.plan(request));
      }
      Outcome outcome = bench.run(request);
      progress.close();
      // A process on its way out can draw no pictures; the next sitting's report has these cells.
      if (!interruption.requested()) {
        report(SuiteFolder.of(results, suite.config().name()));
        if (writeExpected) {
          writeExpected(suite, bench);
        }
      }
      return said(outcome);
    }
  }

  /** Of all cells, whichever were asked for, that are of this very suite. */
  private void writeExpected(LoadedSuite suite, Bench bench) {
    SuiteFolder folder = SuiteFolder.of(results, suite.config().name());
    List<PlannedCell> plan = bench.plan(new Request(List.of(), false));
    Path expected = Expectations.beside(suite.file());
    AtomicFiles.writeString(
        expected,
        SchemaLine.of(expected) + ConfigWriter.write(Expectations.of(suite, plan, folder)));
    console.out().println(expected);
  }

  private int said(Outcome outcome) {
    for (PlannedCell cell : outcome.differing()) {
      console
          .err()
          .println(
              "gnomon: "
                  + cell.cell()
                  + ": made with other "
                  + cell.difference()
                  + ", and left as it is; --redo runs it anew");
    }
    console
        .err()
        .printf(
            "%d finished, %d failed, %d differ, %d left%n",
            outcome.finished(), outcome.failed(), outcome.differing().size(), outcome.left());
    if (outcome.left() > 0) {
      console.err().println("go on with the same command");
      return ExitCode.INTERRUPTED;
    }
    return outcome.failed() + outcome.differing().size() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  /** A machine without fonts cannot draw; its tables are as good as any other's. */
  private void report(SuiteFolder folder) {
    try {
      SuiteReport.write(folder).forEach(console.out()::println);
    } catch (LinkageError | InternalError | IllegalStateException e) {
      console.err().println("no plots: this Java cannot draw text here (" + e.getMessage() + ")");
    }
  }

  private int plan(List<PlannedCell> plan) {
    TextTable table = new TextTable(false, false, true);
    double known = 0;
    int unknown = 0;
    for (PlannedCell cell : plan) {
      boolean todo = cell.status() != PlannedCell.Status.FINISHED;
      Double seconds = cell.seconds();
      known += todo && seconds != null ? seconds : 0;
      unknown += todo && seconds == null ? 1 : 0;
      String status =
          cell.difference() == null
              ? cell.status().title()
              : cell.status().title() + " (" + cell.difference() + ")";
      table.row(cell.cell().id(), status, seconds == null ? "" : "about " + minutes(seconds));
    }
    table.lines("").forEach(console.out()::println);
    long open = plan.stream().filter(cell -> cell.status() != PlannedCell.Status.FINISHED).count();
    console
        .out()
        .printf(
            "%d of %d cells to run: about %s, and %d cells of which nothing is known%n",
            open, plan.size(), minutes(known), unknown);
    return ExitCode.OK;
  }

  private static String minutes(double seconds) {
    return Objects.requireNonNull(String.format(Locale.ROOT, "%.1f min", seconds / 60));
  }
}
