package io.gnomon.cli;

import io.gnomon.answer.Shard;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TeacherConfig.AnswersChoice;
import io.gnomon.experiment.AnswerJob;
import io.gnomon.teacher.TeacherChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon answer}: a teacher's answers, before the runs that read them. */
@Command(
    name = "answer",
    description = "Keep a teacher's answers to all batches of an experiment, for its runs to read.",
    footer = "Example: gnomon answer configs/quickstart.yaml --shard 0/4")
final class AnswerCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONFIG", description = "The experiment's YAML file.")
  private Path file = Path.of("");

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Override one key of the file.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Answer every N-th batch from the I-th on, counted from 0; all unless given.")
  private @Nullable String shard;

  @Option(
      names = "--merge",
      description = "Put the shards into one file, checking that none is missing.")
  private boolean merge;

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      defaultValue = "results/answers",
      description = "Root of all kept answers; ${DEFAULT-VALUE} unless given.")
  private Path answers = Path.of("results/answers");

  AnswerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Shard share = shard == null ? Shard.WHOLE : Shard.parse(shard);
    if (merge && shard != null) {
      throw new InputException(
          "--merge: expected no --shard beside it, found " + shard + "; leave one of them out");
    }
    ExperimentConfig config =
        ConfigLoader.experiment(file, sets, List.of(new TeacherChecks())).config();
    try (Interruption interruption = Interruption.install();
        AnswerProgress progress = new AnswerProgress(console, interruption)) {
      return run(new AnswerJob(config, answers, progress), share, progress, interruption, config);
    }
  }

  private int run(
      AnswerJob job,
      Shard share,
      AnswerProgress progress,
      Interruption interruption,
      ExperimentConfig config) {
    try {
      if (merge) {
        job.merge().forEach(folder -> console.out().println("whole: " + folder));
        return ExitCode.OK;
      }
      AnswerJob.Outcome outcome = job.answer(share);
      progress.close();
      return outcome.finished() ? finished(outcome, share, config) : stopped(outcome);
    } catch (RuntimeException e) {
      if (!interruption.requested()) {
        throw e;
      }
      // The process ends as soon as the interruption is closed: a later report might not be read.
      progress.close();
      return new ExceptionReporter(console).report(e, false);
    }
  }

  private int stopped(AnswerJob.Outcome outcome) {
    console
        .err()
        .println("kept " + outcome.done() + " batches; the same command goes on from there");
    return ExitCode.INTERRUPTED;
  }

  private int finished(AnswerJob.Outcome outcome, Shard share, ExperimentConfig config) {
    console
        .out()
        .println(outcome.done() + " batches kept, " + outcome.asked() + " of them asked now, in");
    outcome.folders().forEach(folder -> console.out().println("  " + folder));
    if (!share.whole()) {
      console.err().println("when all shards are done: the same command with --merge");
    }
    if (config.teacher().answers() == AnswersChoice.NONE) {
      console
          .err()
          .println("runs read them under teacher.answers: keep, which CONFIG does not say");
    }
    return ExitCode.OK;
  }
}
