package io.gnomon.speed;

import ai.djl.ndarray.NDManager;
import io.gnomon.config.InputException;
import io.gnomon.config.Kind;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import io.gnomon.geometry.Spread;
import io.gnomon.nn.DecoderShape;
import io.gnomon.provenance.Probe;
import io.gnomon.sampler.Sampler;
import io.gnomon.sampler.Samplers;
import io.gnomon.sampler.TeacherView;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Measures teacher, student and sampler against the machine's ceiling; see {@link SpeedReport}. */
public final class Speed {
  private static final double GIGA = 1e9;
  private static final String SAMPLER = "sampler";
  private static final String STUDENT = "student ";

  private final SpeedSettings settings;
  private final Consumer<String> progress;

  /**
   * A measurement.
   *
   * @param progress told what is under way, a line each
   */
  public Speed(SpeedSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @throws InputException when the teacher cannot be had, does not fit, or has too few positions
   */
  public SpeedReport measure() {
    Precision auto = Devices.precision(PrecisionChoice.AUTO, settings.device());
    Precision narrow = auto == Precision.FP32 ? Precision.BF16 : auto;
    progress.accept("teacher " + settings.teacher());
    try (MeasuredTeacher subject =
        MeasuredTeacher.of(settings.teacher(), narrow, settings.device())) {
      requirePositions(subject.shape());
      List<SpeedReport.Growth> growth = new ArrayList<>();
      Found found = interleaved(subject, narrow);
      if (settings.grow()) {
        growth.addAll(new Growths(subject, settings, progress).measure());
      }
      return new SpeedReport(
          Probe.provenance(settings.device()),
          setting(subject),
          found.ceiling(),
          found.teacher(),
          found.student(),
          found.sampler(),
          growth);
    }
  }

  private record Found(
      List<SpeedReport.Ceiling> ceiling,
      List<SpeedReport.Rung> teacher,
      List<SpeedReport.Step> student,
      SpeedReport.Sampling sampler) {}

  private void requirePositions(DecoderShape shape) {
    int asked = settings.prefix() + settings.length();
    if (asked > shape.maxPositions()) {
      throw new InputException(
          "--prefix %d --length %d: expected at most the teacher's %d positions together, found %d;"
                  .formatted(settings.prefix(), settings.length(), shape.maxPositions(), asked)
              + " shorten one of them");
    }
  }

  /** All that is compared runs in the same rounds. */
  private Found interleaved(MeasuredTeacher subject, Precision narrow) {
    int b = settings.batch();
    int t = settings.length();
    try (NDManager local = subject.manager().newSubManager();
        Ceilings ceilings = new Ceilings(local, subject.shape(), (long) b * t, precisions(narrow));
        Ladder ladder = new Ladder(subject, Batch.of(subject, local, settings.prefix(), t, b));
        StudentSteps students =
            new StudentSteps(local, settings.student(), subject.table(), b, t)) {
      Sampler sampler =
          Samplers.of(
              settings.sampler(),
              TeacherView.ofSpace(subject.table(), subject.tokens().byRank()),
              1);
      Rounds rounds = new Rounds();
      ceilings.addTo(rounds);
      Map<String, float[]> answers = new LinkedHashMap<>();
      for (Ladder.Way way : ladder.ways()) {
        rounds.add(way.name(), () -> answers.put(way.name(), way.answer().get()));
      }
      students
          .byArithmetic()
          .forEach((arithmetic, step) -> rounds.addPhases(STUDENT + arithmetic, step::run));
      rounds.add(SAMPLER, () -> SamplerTask.run(sampler, local, b));
      Map<String, Series> series =
          rounds.run(
              settings.rounds(),
              round ->
                  progress.accept(
                      round == 0 ? "warming up" : "round " + round + " of " + settings.rounds()));
      return new Found(
          precisions(narrow).stream().map(it -> ceilings.report(it, series)).toList(),
          rungs(ladder.ways(), series, answers, ceilings),
          students.byArithmetic().entrySet().stream()
              .map(it -> step(it.getValue(), it.getKey(), series))
              .toList(),
          sampling(of(SAMPLER, series)));
    }
  }

  /** On a card float16 has products of its own; a CPU computes it in software. */
  private List<Precision> precisions(Precision narrow) {
    boolean both = settings.device().isGpu() && narrow == Precision.BF16;
    return both
        ? List.of(Precision.FP32, Precision.BF16, Precision.FP16)
        : List.of(Precision.FP32, narrow);
  }

  private static Series of(String name, Map<String, Series> series) {
    Series own = series.get(name);
    if (own == null) {
      throw new IllegalArgumentException("not timed: " + name);
    }
    return own;
  }

  private List<SpeedReport.Rung> rungs(
      List<Ladder.Way> ways,
      Map<String, Series> series,
      Map<String, float[]> answers,
      Ceilings ceilings) {
    String first = ways.get(0).name();
    List<SpeedReport.Rung> rungs = new ArrayList<>();
    for (Ladder.Way way : ways) {
      Series own = of(way.name(), series);
      double[] ceiling = ceilings.flopsPerSecond(way.precision(), series);
      double[] seconds = own.totals();
      double[] shares = new double[seconds.length];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = way.flops() / seconds[i] / ceiling[i];
      }
      rungs.add(
          new SpeedReport.Rung(
              way.name(),
              way.precision().name().toLowerCase(Locale.ROOT),
              own.seconds(),
              own.rate(settings.batch()),
              way.flops() / GIGA,
              own.rate(way.flops() / GIGA),
              own.timesFasterThan(of(first, series)),
              Spread.of(shares).median(),
              Ladder.largestDifference(answer(first, answers), answer(way.name(), answers))));
    }
    return rungs;
  }

  private static float[] answer(String name, Map<String, float[]> answers) {
    float[] answer = answers.get(name);
    if (answer == null) {
      throw new IllegalArgumentException("not answered: " + name);
    }
    return answer;
  }

  private SpeedReport.Step step(
      StudentStep student, Arithmetic arithmetic, Map<String, Series> series) {
    Series own = of(STUDENT + arithmetic, series);
    return new SpeedReport.Step(
        arithmetic.name().toLowerCase(Locale.ROOT),
        student.width(),
        student.layers(),
        own.phase(0),
        own.phase(1),
        own.phase(2),
        own.seconds(),
        own.rate(settings.batch()),
        own.rate(student.flops() / GIGA),
        own.timesFasterThan(of(STUDENT + Arithmetic.FP32, series)));
  }

  private SpeedReport.Sampling sampling(Series own) {
    Kind kind = settings.sampler().getClass().getAnnotation(Kind.class);
    return new SpeedReport.Sampling(
        kind == null ? "" : kind.value(), own.seconds(), own.rate(settings.batch()));
  }

  private SpeedReport.Setting setting(MeasuredTeacher subject) {
    return new SpeedReport.Setting(
        settings.teacher(),
        subject.shape().parameters(),
        subject.shape().hidden(),
        subject.shape().layers(),
        settings.prefix(),
        settings.length(),
        settings.batch(),
        settings.rounds());
  }
}
