package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.experiment.LabelRunEvaluation;
import io.gnomon.experiment.RunEvaluation;
import io.gnomon.experiment.RunFolder;
import io.gnomon.experiment.RunReport;
import io.gnomon.experiment.TeacherEvaluation;
import io.gnomon.experiment.TeacherReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code gnomon evaluate}: a run's student, and its teacher, on a whole labelled set; or a teacher
 * by itself on several.
 */
@Command(
    name = "evaluate",
    description =
        "Score a run's student and its teacher, or a teacher by itself, on labelled text.",
    footer = {
      "",
      "TEACHER is a Hugging Face folder, embedded:pocket or a file of configs/teachers, as"
          + " teachers/pocket.",
      "So is a teacher by itself scored, under several calibrations:",
      "  gnomon evaluate --teacher teachers/pocket --task tasks/imdb --calibration none,sampler",
      "",
      "Example: gnomon evaluate results/quickstart/seed-1 --task tasks/goemotions-binary"
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "RUN", description = "A finished run's folder.")
  private @Nullable Path run;

  @Mixin private final TeacherOptions options = new TeacherOptions();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = {
        "Task file, or one of configs/tasks by name; several beside --teacher.",
        "The run's own unless given."
      })
  private List<String> tasks = new ArrayList<>();

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
          "Multi-label, beside RUN: labels that the rule top-k gives; 0, the default, takes the mean"
              + " number on the dev part.")
  private int topK;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures, what was evaluated and where to FILE as well.")
  private @Nullable Path json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    atLeast("--limit", limit, 0, "0 for all texts");
    atLeast("--max-length", maxLength, 1, "256");
    atLeast("--top-k", topK, 0, "0 for the mean number on dev");
    if (tasks.isEmpty() && !sets.isEmpty()) {
      throw new InputException(
          "--set: expected --task, whose keys it overrides, found none; give --task");
    }
    String teacher = options.teacher();
    if (run != null && teacher == null) {
      return run(run);
    }
    if (run == null && teacher != null) {
      return teacher(teacher);
    }
    throw new InputException(
        "expected either RUN or --teacher, found "
            + (run == null ? "neither" : "both")
            + "; give one, as gnomon evaluate --teacher teachers/pocket --task tasks/imdb");
  }

  private static void atLeast(String option, int given, int least, String remedy) {
    if (given < least) {
      throw new InputException(
          "%s: expected %d or more, found %d; give %s".formatted(option, least, given, remedy));
    }
  }

  private List<TaskConfig> tasks() {
    return tasks.stream()
        .map(task -> ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config())
        .toList();
  }

  private int run(Path path) {
    options.refuseBesideRun();
    if (tasks.size() > 1) {
      throw new InputException(
          "--task: expected at most one beside RUN, found "
              + tasks.size()
              + "; evaluate one after the other");
    }
    RunFolder folder = RunFolder.existing(path);
    ExperimentConfig config = ConfigLoader.experiment(folder.config(), List.of()).config();
    TaskConfig chosen = tasks.isEmpty() ? config.task() : tasks().get(0);
    RunEvaluation.Request request = new RunEvaluation.Request(chosen, limit, maxLength);
    if (chosen.multiLabel()) {
      OptionalInt k = topK == 0 ? OptionalInt.empty() : OptionalInt.of(topK);
      RunReport<LabelEvaluation> report = LabelRunEvaluation.of(config, folder, request, k);
      print(LabelEvaluationText.lines(chosen, report.figures()));
      written(folder.evaluation(chosen.name()));
      write(report::write);
    } else {
      refuseTopK();
      RunReport<Evaluation> report = RunEvaluation.of(config, folder, request);
      print(RunEvaluationText.lines(chosen, report.figures()));
      written(folder.evaluation(chosen.name()));
      write(report::write);
    }
    return ExitCode.OK;
  }

  private void print(List<String> lines) {
    lines.forEach(console.out()::println);
  }

  private void written(Path file) {
    console.out().println("written to " + file);
  }

  private void write(Consumer<Path> report) {
    if (json != null) {
      report.accept(json);
      written(json);
    }
  }

  private void refuseTopK() {
    if (topK > 0) {
      throw new InputException(
          "--top-k: expected it beside a run of a multi-label task, found another; leave it out");
    }
  }

  private int teacher(String teacher) {
    refuseTopK();
    if (tasks.isEmpty()) {
      throw new InputException(
          "--task: expected at least one beside --teacher, found none; give one, as --task"
              + " tasks/imdb");
    }
    TeacherEvaluation.Request request = options.request(teacher, tasks(), limit, maxLength);
    TeacherReport report;
    try (EvaluationProgress progress = new EvaluationProgress(console)) {
      report = TeacherEvaluation.of(request, progress);
    }
    print(TeacherReportText.lines(report));
    write(report::write);
    return ExitCode.OK;
  }
}
