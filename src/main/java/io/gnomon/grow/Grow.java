package io.gnomon.grow;

import io.gnomon.baseline.Experiments;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.Json;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.config.TraceConfig;
import io.gnomon.config.TrainingConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.evaluation.Interval;
import io.gnomon.experiment.Experiment;
import io.gnomon.experiment.RunFolder;
import io.gnomon.student.Student;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.teacher.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rounds of a student that grows. Each leaves a folder: the labels bought so far, and a run
 * that went on from the student before. What is there is not done again, so a job that was killed
 * goes on where it was.
 */
public final class Grow {
  private static final String LABELS = "labels.jsonl";
  private static final String TRAINING = "training.jsonl";

  private final ExperimentConfig config;
  private final RunFolder base;
  private final GrowSettings settings;
  private final Path out;
  private final GrowListener listener;
  private final LabelledSet test;
  private final Pool pool;
  private final Map<Path, Interval> scores = new HashMap<>();

  /**
   * Makes ready.
   *
   * @param config of the run that it begins with; its task's set gives the test texts
   * @param base that run
   * @param posts to choose from
   * @param out folder of the rounds
   * @param listener hears what goes on, and is asked whether to stop
   * @throws InputException when the task is not the student's, or the set or the posts cannot be
   *     used
   */
  public Grow(
      ExperimentConfig config,
      RunFolder base,
      List<String> posts,
      GrowSettings settings,
      Path out,
      GrowListener listener) {
    base.requireFinished();
    Student.requireTask(base.student(), config.task()); // before anything is paid
    this.config = config;
    this.base = new RunFolder(fromHere(base.path()));
    this.settings = settings;
    this.out = fromHere(out);
    this.listener = listener;
    LabelledSet read = LabelledSets.read(config.task().requireData());
    LabelledSet whole = config.task().multiLabel() ? read : read.withOneLabel();
    this.test = settings.limit() == 0 ? whole : whole.limit(settings.limit());
    // All texts of the set, not only those of the curve: none is ever trained on.
    List<String> tested = read.rows().stream().map(LabelledText::text).toList();
    try (Tokenizer tokenizer = Tokenizer.open(TeacherFolder.resolve(config.teacher().path()))) {
      this.pool = Pool.of(posts, tested, text -> tokenizer.encode(text).length > 0);
    }
  }

  /** However a path was spelled: rounds name those that they went on from. */
  private static Path fromHere(Path path) {
    Path here = Path.of("").toAbsolutePath().normalize();
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(here) && !whole.equals(here) ? here.relativize(whole) : whole;
  }

  /** Where the curve is written. */
  public static Path curve(Path out) {
    return out.resolve("curve.json");
  }

  /**
   * Runs the rounds, and writes the curve after each.
   *
   * @param labels who labels
   * @return empty when stopped
   * @throws Labels.Missing where somebody has to label posts first
   */
  public Optional<GrowCurve> run(Labels labels) {
    try (FolderLock lock = FolderLock.acquire(out)) {
      origin(labels.by()).claim(out);
      if (pool.dropped() > 0) {
        listener.dropped(pool.dropped());
      }
      List<GrowCurve.Line> lines = new ArrayList<>();
      for (Pick pick : settings.picks()) {
        List<GrowCurve.Point> points = new ArrayList<>();
        points.add(new GrowCurve.Point(0, score(base)));
        for (int round = 1; round <= settings.rounds(); round++) {
          Optional<GrowCurve.Point> point = round(labels, pick, round);
          if (point.isEmpty()) {
            return Optional.empty();
          }
          points.add(point.get());
          List<GrowCurve.Line> sofar = new ArrayList<>(lines);
          sofar.add(new GrowCurve.Line(pick.key(), points));
          write(labels.by(), sofar);
        }
        lines.add(new GrowCurve.Line(pick.key(), points));
      }
      return Optional.of(write(labels.by(), lines));
    }
  }

  private GrowCurve write(String by, List<GrowCurve.Line> lines) {
    GrowCurve curve =
        new GrowCurve(
            config.task().name(),
            config.task().multiLabel() ? "micro-F1" : "accuracy",
            by,
            pool.texts().size(),
            test.size(),
            lines);
    AtomicFiles.writeString(curve(out), Json.write(curve));
    return curve;
  }

  private Origin origin(String by) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("run", Sha256.ofWeights(base.student()));
    facts.put("task", ConfigWriter.write(config.task()));
    facts.put("labeller", by);
    facts.put("posts", Sha256.ofText(String.join("\n", pool.texts())));
    settings.deciding().forEach((name, value) -> facts.put(name, value.toString()));
    return new Origin(facts);
  }

  private Path folder(Pick pick, int round) {
    return out.resolve(pick.key()).resolve("round-" + round);
  }

  private RunFolder before(Pick pick, int round) {
    return round == 1 ? base : run(pick, round - 1);
  }

  private RunFolder run(Pick pick, int round) {
    return RunFolder.of(out, pick.key(), "round-" + round);
  }

  private Optional<GrowCurve.Point> round(Labels labels, Pick pick, int round) {
    Path folder = folder(pick, round);
    Path file = folder.resolve(LABELS);
    if (!Files.isRegularFile(file)) {
      if (listener.stop()) {
        return Optional.empty();
      }
      buy(labels, pick, round, file);
    }
    Bought bought = Bought.read(file);
    Path training = folder.resolve(TRAINING);
    bought.writeTraining(training, labels.by());
    RunFolder run = run(pick, round);
    Experiment.Result result =
        Experiments.of(
                trained(before(pick, round), training),
                run,
                out.resolve("answers"),
                GrowListener.ofTraining(listener))
            .run(true);
    if (!result.finished()) {
      return Optional.empty();
    }
    GrowCurve.Point point = new GrowCurve.Point(bought.labels().size(), score(run));
    listener.grown(pick, round, point);
    return Optional.of(point);
  }

  private void buy(Labels labels, Pick pick, int round, Path file) {
    Bought bought =
        round == 1 ? new Bought() : Bought.read(folder(pick, round - 1).resolve(LABELS));
    List<Integer> open =
        IntStream.range(0, pool.texts().size())
            .filter(i -> !bought.asked(pool.texts().get(i)))
            .boxed()
            .toList();
    if (open.isEmpty()) {
      throw new InputException(
          "POSTS: expected posts for round %d, found all %d asked about; give fewer --rounds, or more posts and another --out"
              .formatted(round, pool.texts().size()));
    }
    List<Integer> chosen =
        pick.of(
            posts -> probabilities(before(pick, round), posts),
            open,
            settings.each(),
            config.task().multiLabel(),
            Pick.seed(config.seed(), round));
    List<String> texts = chosen.stream().map(pool.texts()::get).toList();
    bought.add(texts, labels.of(texts));
    if (bought.labels().isEmpty()) {
      throw new InputException(
          labels.by()
              + ": expected labels of "
              + texts.size()
              + " posts, got none; mend the model");
    }
    bought.write(file, labels.by());
  }

  private double[][] probabilities(RunFolder run, List<Integer> posts) {
    try (GrownStudent student = student(run)) {
      return student.probabilities(posts.stream().map(pool.texts()::get).toList());
    }
  }

  private GrownStudent student(RunFolder run) {
    return new GrownStudent(config, run, settings.maxLength());
  }

  private Interval score(RunFolder run) {
    return scores.computeIfAbsent(
        run.path(),
        path -> {
          try (GrownStudent student = student(run)) {
            return student.score(test);
          }
        });
  }

  /** The same experiment on the labels, from the student before. */
  private ExperimentConfig trained(RunFolder start, Path training) {
    OptimizerConfig own = config.optimizer();
    int longest = Math.min(settings.maxLength(), config.student().longest());
    return new ExperimentConfig(
        "grow",
        config.seed(),
        config.task(),
        config.teacher(),
        config.student(),
        config.sampler(),
        new TextConfig.Labelled(
            TextConfig.Labels.GOLD,
            new DataConfig.Table(
                training.toString(), DataConfig.Split.TRAIN, "text", "labels", null, "unknown"),
            0,
            longest),
        config.objective(),
        new OptimizerConfig(
            settings.learningRate(),
            own.coefficientRate(),
            own.weightDecay(),
            own.beta1(),
            own.beta2(),
            own.epsilon(),
            Math.min(own.warmupSteps(), Math.max(1, settings.steps() / 10)),
            own.schedule(),
            own.clipNorm()),
        new TrainingConfig(
            settings.steps(), settings.batchSize(), settings.steps(), start.path().toString()),
        new TraceConfig(settings.steps(), config.trace().probe(), null),
        config.runtime());
  }
}
