package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.experiment.CascadeEvaluation;
import io.gnomon.experiment.CascadeReport;
import io.gnomon.experiment.RunEvaluation;
import io.gnomon.experiment.RunFolder;
import io.gnomon.report.CascadePlot;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon cascade}: a student whose teacher is asked where it is unsure. */
@Command(
    name = "cascade",
    description = "Weigh accuracy, coverage and cost of a student with its teacher behind it.",
    footer = {
      "",
      "Temperature and threshold are chosen on other texts than the figures are of: the set's dev"
          + " part, its training part where it has none, or every other text of a table.",
      "",
      "Example: gnomon cascade results/quickstart/seed-1 --task tasks/goemotions-binary"
    })
final class CascadeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A finished run's folder.")
  private Path run = Path.of("");

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "Task file, or one of configs/tasks by name; the run's own unless given.")
  private @Nullable String task;

  @Option(
      names = "--accuracy",
      paramLabel = "A",
      description =
          "Name the threshold for this share of right answers; the teacher's own unless given.")
  private @Nullable String accuracy;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Texts taken of each part; 0, the default, takes all.")
  private int limit;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens kept of each text; ${DEFAULT-VALUE} unless given.")
  private int maxLength;

  CascadeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    atLeast("--limit", limit, 0, "0 for all texts");
    atLeast("--max-length", maxLength, 1, "256");
    OptionalDouble wanted =
        accuracy == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(TagChoices.probability("--accuracy", accuracy));
    RunFolder folder = RunFolder.existing(run);
    ExperimentConfig config = ConfigLoader.experiment(folder.config(), List.of()).config();
    TaskConfig chosen =
        task == null
            ? config.task()
            : ConfigLoader.part(task, "--task " + task, TaskConfig.class, List.of()).config();
    CascadeReport report =
        CascadeEvaluation.of(
            config, folder, new RunEvaluation.Request(chosen, limit, maxLength), wanted);
    Path plot = folder.path().resolve("cascade-" + chosen.name());
    CascadePlot.write(report, plot);
    CascadeText.lines(report).forEach(console.out()::println);
    console.out().println("written to " + plot + ".json, .png and .svg");
    return ExitCode.OK;
  }

  private static void atLeast(String option, int given, int least, String remedy) {
    if (given < least) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s".formatted(option, least, given, remedy));
    }
  }
}
