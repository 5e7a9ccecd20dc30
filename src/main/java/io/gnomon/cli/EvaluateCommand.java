package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.ClassScores;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.Scores;
import io.gnomon.experiment.RunEvaluation;
import io.gnomon.experiment.RunFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    atLeast("--limit", limit, 0, "0 for all texts");
    atLeast("--max-length", maxLength, 1, "256");
    RunFolder folder = RunFolder.existing(run);
    ExperimentConfig config = ConfigLoader.experiment(folder.config(), List.of()).config();
    TaskConfig chosen =
        task == null
            ? config.task()
            : ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config();
    Evaluation evaluation =
        RunEvaluation.of(config, folder, new RunEvaluation.Request(chosen, limit, maxLength));
    print(chosen, evaluation);
    console.out().println("written to " + folder.evaluation(chosen.name()));
    return ExitCode.OK;
  }

  private static void atLeast(String option, int given, int least, String remedy) {
    if (given < least) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s".formatted(option, least, given, remedy));
    }
  }

  private void print(TaskConfig chosen, Evaluation evaluation) {
    PrintWriter out = console.out();
    Scores student = evaluation.student();
    DataConfig data = chosen.data();
    String split = data == null ? "" : ", " + data.split().name().toLowerCase(Locale.ROOT);
    out.printf("%s%s: %d texts%n%n", chosen.name(), split, student.rows());
    out.printf("%-22s %-24s %s%n", "", "student", "teacher");
    line("accuracy", student.accuracy(), evaluation.teacher().accuracy());
    line("macro-F1", student.macroF1(), evaluation.teacher().macroF1());
    for (int k = 0; k < student.perClass().size(); k++) {
      ClassScores own = student.perClass().get(k);
      line("F1 " + own.name(), own.f1(), evaluation.teacher().perClass().get(k).f1());
    }
    out.println();
    student.agreement().ifPresent(agreement -> single("agreement", agreement));
    single("α on text", evaluation.alpha());
    out.printf(Locale.ROOT, "%-22s %.4f%n", "α_0 on text", evaluation.alphaFloor());
  }

  private void line(String name, Interval student, Interval teacher) {
    console.out().printf("%-22s %-24s %s%n", name, text(student), text(teacher));
  }

  private void single(String name, Interval value) {
    console.out().printf("%-22s %s%n", name, text(value));
  }

  private static String text(Interval interval) {
    return String.format(
        Locale.ROOT, "%.4f [%.4f, %.4f]", interval.value(), interval.low(), interval.high());
  }
}
