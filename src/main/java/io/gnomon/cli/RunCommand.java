package io.gnomon.cli;

import io.gnomon.baseline.Experiments;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.Smoke;
import io.gnomon.experiment.Experiment;
import io.gnomon.experiment.RunFolder;
import io.gnomon.report.AnglePlot;
import io.gnomon.report.RunTable;
import io.gnomon.teacher.TeacherChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon run}: one experiment, from its YAML file to its run folder. */
@Command(
    name = "run",
    description =
        "Run an experiment: cast a teacher onto a student, without text (or, where CONFIG has text:,"
            + " train the student on that).",
    footer = "Example: gnomon run configs/quickstart.yaml --set training.steps=500")
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The experiment's YAML file.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the file.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--smoke", description = "The same experiment in seconds on a CPU.")
  private boolean smoke;

  @Option(names = "--resume", description = "Go on with the run that is there already.")
  private boolean resume;

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description = "Name of the run's folder; seed-N unless given.")
  private @Nullable String runId;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Root of all run folders; ${DEFAULT-VALUE} unless given.")
  private Path results = Path.of("results");

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      description =
          "Root of the answers kept under teacher.answers: keep; answers below --results unless"
              + " given.")
  private @Nullable Path answers;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExperimentConfig given =
        ConfigLoader.experiment(file, sets, List.of(new TeacherChecks())).config();
    ExperimentConfig config = smoke ? Smoke.of(given) : given;
    String id = runId == null ? "seed-" + config.seed() : runId;
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new InputException(
          "--run-id: expected letters, digits, '.', '_' and '-', found '"
              + id
              + "'; take such a name");
    }
    RunFolder folder = RunFolder.of(results, config.name(), id);
    try (Interruption interruption = Interruption.install();
        RunProgress progress = new RunProgress(console, config.training(), interruption)) {
      Path kept = answers == null ? results.resolve("answers") : answers;
      return run(Experiments.of(config, folder, kept, progress), folder, progress, interruption);
    }
  }

  private int run(
      Experiment experiment, RunFolder folder, RunProgress progress, Interruption interruption) {
    try {
      Experiment.Result result = experiment.run(resume);
      progress.close();
      return result.finished() ? finished(folder, result) : stopped(result);
    } catch (RuntimeException e) {
      if (!interruption.requested()) {
        throw e;
      }
      // The process ends as soon as the interruption is closed: a later report might not be read.
      progress.close();
      return new ExceptionReporter(console).report(e, false);
    }
  }

  private int stopped(Experiment.Result result) {
    console
        .err()
        .println(
            "saved behind step " + result.step() + "; go on with the same command and --resume");
    return ExitCode.INTERRUPTED;
  }

  private int finished(RunFolder folder, Experiment.Result result) {
    console.out().println();
    console.out().print(RunTable.of(result.rows(), result.metrics()));
    console.out().println();
    plot(folder);
    console.out().println("run folder: " + folder.path());
    return ExitCode.OK;
  }

  /** A machine without fonts cannot draw; its run is as good as any other. */
  private void plot(RunFolder folder) {
    try {
      AnglePlot.write(List.of(folder.path()), folder.plot());
      console.out().println("plot:       " + folder.plot() + ".png, .svg");
    } catch (LinkageError | InternalError | IllegalStateException e) {
      console.err().println("no plot: this Java cannot draw text here (" + e.getMessage() + ")");
    }
  }
}
