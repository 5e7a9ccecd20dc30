package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.experiment.LabelRunEvaluation;
import io.gnomon.experiment.RunEvaluation;
import io.gnomon.experiment.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon evaluate}: a run's student, and its teacher, on a whole labelled set. */
@Command(
    name = "evaluate",
    description = "Score a run's student and its teacher on labelled text, with intervals.",
    footer = "Example: gnomon evaluate results/quickstart/seed-1 --task tasks/goemotions-binary")
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "RUN", description = "A finished run's folder.")
  private Path run = Path.of("");

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "Task file, or one of configs/tasks by name; the run's own unless given.")
  private @Nullable String task;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the task.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Texts taken, class by class in proportion; 0, the default, takes all.")
  private int limit;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "256",
      description = "Tokens kept of each text; ${DEFAULT-VALUE} unless given.")
  private int maxLength;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Multi-label: labels that the rule top-k gives; 0, the default, takes the mean number on"
              + " the dev part.")
  private int topK;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    atLeast("--limit", limit, 0, "0 for all texts");
    atLeast("--max-length", maxLength, 1, "256");
    atLeast("--top-k", topK, 0, "0 for the mean number on dev");
    RunFolder folder = RunFolder.existing(run);
    ExperimentConfig config = ConfigLoader.experiment(folder.config(), List.of()).config();
    TaskConfig chosen =
        task == null
            ? config.task()
            : ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config();
    RunEvaluation.Request request = new RunEvaluation.Request(chosen, limit, maxLength);
    if (chosen.multiLabel()) {
      OptionalInt k = topK == 0 ? OptionalInt.empty() : OptionalInt.of(topK);
      LabelEvaluation evaluation = LabelRunEvaluation.of(config, folder, request, k);
      print(chosen, evaluation.student().get(0).scores().rows(), EvaluationText.of(evaluation));
    } else {
      refuseTopK();
      Evaluation evaluation = RunEvaluation.of(config, folder, request);
      print(chosen, evaluation.student().rows(), EvaluationText.of(evaluation));
    }
    console.out().println("written to " + folder.evaluation(chosen.name()));
    return ExitCode.OK;
  }

  private static void atLeast(String option, int given, int least, String remedy) {
    if (given < least) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s".formatted(option, least, given, remedy));
    }
  }

  private void refuseTopK() {
    if (topK > 0) {
      throw new InputException(
          "--top-k: expected it with a multi-label task, found a single-label one; leave it out");
    }
  }

  private void print(TaskConfig chosen, int texts, List<String> lines) {
    PrintWriter out = console.out();
    DataConfig data = chosen.data();
    String split = data == null ? "" : ", " + data.split().name().toLowerCase(Locale.ROOT);
    out.printf("%s%s: %d texts%n%n", chosen.name(), split, texts);
    lines.forEach(out::println);
  }
}
