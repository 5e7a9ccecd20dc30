package io.gnomon.cli;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.latency.LatencyReport;
import io.gnomon.latency.LatencyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code gnomon latency}: how long exports, a classical learner and the teacher take for a text.
 */
@Command(
    name = "latency",
    description = "Time exported students, TF-IDF and the teacher on the same texts, in turn.",
    footer = {
      "",
      "Tokenizing counts. The ratios are to the last row: the teacher, or the last export without one.",
      "",
      "Example: gnomon latency student/onnx-fp32 student/onnx-int8 --task tasks/ag-news --tfidf",
      "         --teacher teachers/tagger"
    })
final class LatencyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..*",
      paramLabel = "MODEL",
      description = "Folders that gnomon export wrote, of the same task.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--task",
      required = true,
      paramLabel = "TASK",
      description = "Task file, or one of configs/tasks by name: its set gives the texts.")
  private String task = "";

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the task.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--tfidf",
      description =
          "Time TF-IDF with logistic regression as well, learned from the task's train part.")
  private boolean tfidf;

  @Option(
      names = "--teacher",
      paramLabel = "TEACHER",
      description = "Time the teacher as well: a folder, embedded:pocket or a name.")
  private @Nullable String teacher;

  @Option(
      names = "--single",
      paramLabel = "N",
      defaultValue = "200",
      description = "Texts answered one at a time; ${DEFAULT-VALUE} unless given.")
  private int single;

  @Option(
      names = "--bulk",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Texts answered together; ${DEFAULT-VALUE} unless given.")
  private int bulk;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of each; ${DEFAULT-VALUE} unless given.")
  private int threads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each has its turn; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the measurements to FILE as well.")
  private @Nullable Path json;

  LatencyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LatencyReport report =
        LatencyRun.of(request(), line -> console.err().println("gnomon: " + line));
    LatencyText.lines(report).forEach(console.out()::println);
    if (json != null) {
      AtomicFiles.writeString(json, Json.write(report));
    }
    return ExitCode.OK;
  }

  private LatencyRun.Request request() {
    positive("--single", single);
    positive("--bulk", bulk);
    positive("--threads", threads);
    positive("--rounds", rounds);
    if (models.isEmpty() && !tfidf && teacher == null) {
      throw new InputException(
          "MODEL: expected something to time, found neither a folder nor --tfidf nor --teacher; name"
              + " one");
    }
    TaskConfig config = ConfigLoader.part(task, "--task " + task, TaskConfig.class, sets).config();
    return new LatencyRun.Request(
        config,
        models,
        tfidf,
        teacher == null ? null : TeacherArgument.read(teacher, "--teacher"),
        single,
        bulk,
        threads,
        rounds);
  }

  private static void positive(String option, int value) {
    if (value < 1) {
      throw new InputException(option + ": expected 1 or more, found " + value + "; raise it");
    }
  }
}
