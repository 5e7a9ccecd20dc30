package io.gnomon.cli;

import io.gnomon.config.ConfigLoader;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.RuntimeConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.experiment.RunFolder;
import io.gnomon.grow.Grow;
import io.gnomon.grow.GrowSettings;
import io.gnomon.grow.Pick;
import io.gnomon.label.LabelList;
import io.gnomon.label.LabelReport;
import io.gnomon.label.Source;
import io.gnomon.serve.bulk.BulkInput;
import io.gnomon.serve.bulk.BulkJob;
import io.gnomon.serve.bulk.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gnomon grow}: labels bought where a student is least sure, and what they bring. */
@Command(
    name = "grow",
    description =
        "Buy labels of the posts a student is least sure of, and train it further on them.",
    footer = {
      "",
      "Each round is a run folder below OUT, with the labels bought so far; OUT/curve.json, .png and",
      ".svg show the score on the task's set against them. The same command goes on with a job that",
      "was stopped; no post is asked about twice. With gold:FILE a person labels: posts that FILE",
      "lacks are written to OUT/wanted.jsonl, for gnomon inspect --review, and the job goes on when",
      "they are there; the exit status is 130 until then.",
      "",
      "Example: gnomon grow results/quickstart/seed-1 posts.jsonl --with ollama:llama3.2"
          + " --task tasks/goemotions-binary -o results/grow"
    })
final class GrowCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A finished run: the student to begin with.")
  private Path run = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "POSTS",
      description = "Files or patterns of posts.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "SOURCE",
      required = true,
      description = "Who labels: ollama:MODEL, openai:MODEL@URL, teacher:PATH or gold:FILE.")
  private String with = "";

  @Mixin private final LabelChoices choices = new LabelChoices();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      required = true,
      description = "Folder of the rounds and the curve.")
  private Path out = Path.of("");

  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      defaultValue = "text",
      description = "Column of the text; ${DEFAULT-VALUE} unless given.")
  private String text = "text";

  @Option(
      names = "--pick",
      paramLabel = "P,…",
      split = ",",
      defaultValue = "uncertain",
      description = "uncertain, random, or both for a curve each; ${DEFAULT-VALUE} unless given.")
  private List<Pick> picks = List.of(Pick.UNCERTAIN);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often labels are bought; ${DEFAULT-VALUE} unless given.")
  private int rounds;

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "50",
      description = "Posts labelled a round; ${DEFAULT-VALUE} unless given.")
  private int each;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps of training a round; ${DEFAULT-VALUE} unless given.")
  private int steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Texts a step; ${DEFAULT-VALUE} unless given.")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "1e-4",
      description = "At its peak; ${DEFAULT-VALUE} unless given.")
  private double learningRate;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      defaultValue = "128",
      description = "Tokens kept of each text; ${DEFAULT-VALUE} unless given.")
  private int maxLength;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "Test texts of the curve; 0, the default, takes all.")
  private int limit;

  @Mixin private final ServerOptions server = new ServerOptions();

  GrowCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    GrowSettings settings = settings();
    RunFolder folder = RunFolder.existing(run);
    TaskConfig task = choices.task();
    ExperimentConfig config =
        ConfigLoader.experiment(folder.config(), List.of()).config().withTask(task);
    List<String> posts =
        BulkJob.texts(BulkInput.of(files, null), new Columns(text, List.of(), Columns.MOST));
    try (Interruption interruption = Interruption.install();
        LabelProgress progress = new LabelProgress(console, interruption, 0, "the same command")) {
      GrowProgress listener = new GrowProgress(console, interruption);
      // Made first: a model is not loaded, nor its answers' file begun, for what cannot be done.
      Grow grow = new Grow(config, folder, posts, settings, out, listener);
      GrowJob job = new GrowJob(console, grow, out);
      return with.startsWith(GoldLabels.PREFIX)
          ? byPerson(job, task)
          : byModel(job, config, progress);
    }
  }

  private int byPerson(GrowJob job, TaskConfig task) {
    choices.refuseBesidePerson();
    GoldLabels labels = GoldLabels.of(with, task);
    Path file = Path.of(with.substring(GoldLabels.PREFIX.length()));
    return job.run(labels, file, choices.taskName());
  }

  private int byModel(GrowJob job, ExperimentConfig config, LabelProgress progress) {
    Source source = Source.of(with);
    TaskConfig task = config.task();
    RuntimeConfig runtime = config.runtime();
    LabelList list = choices.list(task);
    LabelReport.Prices prices = server.prices();
    LabelSource asked =
        new LabelSource(
            source, task, list, choices, server, progress, runtime.device(), runtime.threads());
    return asked.open(
        out.resolve("answers.jsonl"),
        true,
        (words, store, asker, tally) -> {
          AskedLabels labels = new AskedLabels(list, source.name(), store, asker, progress, tally);
          try {
            return job.run(labels);
          } catch (CancellationException e) {
            progress.interrupted(tally);
            return ExitCode.INTERRUPTED;
          } finally {
            labels.tell(prices); // what was paid is told however it ends
          }
        });
  }

  private GrowSettings settings() {
    atLeastOne("--rounds", rounds);
    atLeastOne("--each", each);
    atLeastOne("--steps", steps);
    atLeastOne("--batch", batch);
    atLeastOne("--max-length", maxLength);
    if (limit < 0) {
      throw new InputException("--limit: expected 0 or more, found " + limit + "; give 0 for all");
    }
    if (!(learningRate > 0 && learningRate <= 1)) {
      throw new InputException(
          "--learning-rate: expected a number above 0, at most 1, found "
              + learningRate
              + "; give 1e-4");
    }
    return new GrowSettings(
        List.copyOf(new LinkedHashSet<>(picks)),
        rounds,
        each,
        steps,
        learningRate,
        batch,
        maxLength,
        limit);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option + ": expected 1 or more, found " + value + "; raise it");
    }
  }
}
