package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.spark.Sessions;
import io.gnomon.spark.answer.ShardedAnswering;
import io.gnomon.teacher.TeacherChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code answer} on Spark: a teacher's answers, a share a task. */
@Command(
    name = "answer",
    description = "Keep a teacher's answers to all batches of an experiment, a share a task.",
    footer = {
      "",
      "Leaves what 'gnomon answer CONFIG' leaves. All machines must see the teacher, the traced texts"
          + " and DIR under the same paths. An executor answers one share at a time, with all its"
          + " cores. A job that was stopped goes on with the same command.",
      "",
      "Example: … answer configs/quickstart.yaml --shards 32 --answers /shared/answers"
    })
final class SparkAnswerCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The experiment's YAML file.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the file.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "0",
      description = "Shares that the batches are cut into; 0, as many as cores, unless given.")
  private int shards;

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      defaultValue = "results/answers",
      description = "Root of all kept answers; ${DEFAULT-VALUE} unless given.")
  private Path answers = Path.of("results/answers");

  SparkAnswerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExperimentConfig config =
        ConfigLoader.experiment(file, sets, List.of(new TeacherChecks())).config();
    try (SparkSession spark = Sessions.open("gnomon answer")) {
      ShardedAnswering.Outcome outcome = new ShardedAnswering(spark, config, answers, shards).run();
      console
          .out()
          .println(outcome.kept() + " batches kept, " + outcome.asked() + " of them asked now, in");
      outcome.folders().forEach(folder -> console.out().println("  " + folder));
    }
    return ExitCode.OK;
  }
}
