package io.gnomon.experiment;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Cascade;
import io.gnomon.evaluation.Predictions;
import io.gnomon.evaluation.Temperature;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.RunEvaluation.Request;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A finished run's student with its teacher behind it, on a labelled set. */
public final class CascadeEvaluation {
  private static final int STEPS = 20;
  private static final double NANOS_A_MILLISECOND = 1e6;

  private final RunModels models;
  private final Request request;

  private CascadeEvaluation(RunModels models, Request request) {
    this.models = models;
    this.request = request;
  }

  /** Texts, answered by both; times are those of a text. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of answers, never compared
  private record Answered(
      int[] gold, double[][] g, double[][] h, double teacherTime, double studentTime) {
    /** Every other text, from {@code first} on. */
    Answered half(int first) {
      int[] chosen = IntStream.range(0, gold.length).filter(i -> i % 2 == first).toArray();
      return new Answered(
          Arrays.stream(chosen).map(i -> gold[i]).toArray(),
          Arrays.stream(chosen).mapToObj(i -> g[i]).toArray(double[][]::new),
          Arrays.stream(chosen).mapToObj(i -> h[i]).toArray(double[][]::new),
          teacherTime,
          studentTime);
    }
  }

  /** The file of the figures. */
  public static Path file(RunFolder folder, String task) {
    return folder.path().resolve("cascade-" + task + ".json");
  }

  /**
   * Evaluates and writes {@code cascade-<task>.json} into the run folder. Temperature and threshold
   * are chosen on the set's dev part, on its training part where it has no dev part (a student has
   * read neither), and on every other text of a table, which is one part alone; never on the texts
   * that the figures are of.
   *
   * @param wanted accuracy to name the threshold for; that of the teacher unless given
   * @throws InputException as {@link RunEvaluation#of}, and of a multi-label task
   */
  public static CascadeReport of(
      ExperimentConfig config, RunFolder folder, Request request, OptionalDouble wanted) {
    folder.requireFinished();
    if (request.task().multiLabel()) {
      throw new InputException(
          "task "
              + request.task().name()
              + ": expected a task of one label a text, found a multi-label one; evaluate it with"
              + " 'gnomon evaluate'");
    }
    DataConfig data = request.task().requireData();
    try (RunModels models = RunModels.load(config, folder, request.task())) {
      CascadeReport report = new CascadeEvaluation(models, request).report(data, wanted);
      AtomicFiles.writeString(file(folder, request.task().name()), Json.write(report));
      return report;
    }
  }

  private CascadeReport report(DataConfig data, OptionalDouble wanted) {
    if (data instanceof DataConfig.Table) {
      Answered all = answered(data);
      if (all.gold().length < 2) {
        throw new InputException(
            "task " + request.task().name() + ": expected at least 2 texts, found 1; add texts");
      }
      return report("every other text", all.half(0), all.half(1), wanted);
    }
    Split other = data instanceof DataConfig.GoEmotions ? Split.DEV : Split.TRAIN;
    if (data.split() == other) {
      throw new InputException(
          "task %s: expected another part than %s, on which it is calibrated, found it; set data.split: test"
              .formatted(request.task().name(), other.name().toLowerCase(Locale.ROOT)));
    }
    DataConfig calibration = data.part(other).orElseThrow();
    return report(
        other == Split.DEV ? "dev" : "train", answered(calibration), answered(data), wanted);
  }

  private Answered answered(DataConfig data) {
    LabelledSet set = TracedTexts.read(request.task(), data, request.limit());
    TokenizedSet texts =
        TokenizedSet.of(
            set,
            models.setup().model().tokenizer(),
            models.setup().teacher().classes(),
            models.longest(request.maxLength()));
    long begun = System.nanoTime();
    double[][] g = models.g(texts);
    long between = System.nanoTime();
    double[][] h = models.h(texts);
    long ended = System.nanoTime();
    double unit = NANOS_A_MILLISECOND * texts.size();
    return new Answered(texts.gold(), g, h, (between - begun) / unit, (ended - between) / unit);
  }

  private CascadeReport report(String name, Answered dev, Answered test, OptionalDouble wanted) {
    double temperature = Temperature.fit(dev.gold(), dev.h());
    Cascade tuned = Cascade.of(dev.gold(), dev.g(), dev.h(), temperature);
    Cascade judged = Cascade.of(test.gold(), test.g(), test.h(), temperature);
    double aim = wanted.orElse(accuracy(dev.gold(), dev.g()));
    OptionalDouble threshold = tuned.threshold(aim);
    return new CascadeReport(
        request.task().name(),
        name,
        dev.gold().length,
        test.gold().length,
        temperature,
        Temperature.loss(dev.gold(), dev.h(), 1),
        Temperature.loss(dev.gold(), dev.h(), temperature),
        accuracy(test.gold(), test.h()),
        accuracy(test.gold(), test.g()),
        test.studentTime(),
        test.teacherTime(),
        judged.curve(STEPS),
        aim,
        threshold.isPresent() ? judged.at(threshold.getAsDouble()) : null);
  }

  private static double accuracy(int[] gold, double[][] answers) {
    int[] chosen = Predictions.likeliest(answers);
    return IntStream.range(0, gold.length).filter(i -> chosen[i] == gold[i]).count()
        / (double) gold.length;
  }
}
