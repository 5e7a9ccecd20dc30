package io.gnomon.speed;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.nn.DecoderShape;
import io.gnomon.sampler.Sampler;
import io.gnomon.sampler.Samplers;
import io.gnomon.sampler.TeacherView;
import io.gnomon.tensor.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How rates change with one size while all others stay: half, as it is, double. Widths are measured
 * on a teacher of random weights and two layers, for a file has only one width.
 */
final class Growths {
  private static final int LAYERS = 2;

  private final MeasuredTeacher subject;
  private final SpeedSettings settings;
  private final Consumer<String> progress;
  private final List<SpeedReport.Growth> found = new ArrayList<>();

  Growths(MeasuredTeacher subject, SpeedSettings settings, Consumer<String> progress) {
    this.subject = subject;
    this.settings = settings;
    this.progress = progress;
  }

  /** A size that is varied, and what setting it gives. */
  private record Point(String size, int value, int prefix, int length, int batch) {}

  List<SpeedReport.Growth> measure() {
    for (Point point : points()) {
      progress.accept("growth: " + point.size() + " " + point.value());
      teacher(point, subject);
      if (!point.size().equals("prefix")) {
        student(point, settings.student());
        sampler(point);
      }
    }
    widths();
    return List.copyOf(found);
  }

  private List<Point> points() {
    int p = settings.prefix();
    int t = settings.length();
    int b = settings.batch();
    List<Point> points = new ArrayList<>();
    for (int length : around(t, subject.shape().maxPositions() - p)) {
      points.add(new Point("length", length, p, length, b));
    }
    for (int prefix : around(p, subject.shape().maxPositions() - t)) {
      points.add(new Point("prefix", prefix, prefix, t, b));
    }
    for (int batch : around(b, Integer.MAX_VALUE)) {
      points.add(new Point("batch", batch, p, t, batch));
    }
    return points;
  }

  private static SortedSet<Integer> around(int value, int largest) {
    TreeSet<Integer> values = new TreeSet<>();
    IntStream.of(value / 2, value, 2 * value)
        .filter(it -> it <= largest && (it > 0 || value == 0))
        .forEach(values::add);
    return values;
  }

  private void teacher(Point point, MeasuredTeacher of) {
    try (NDManager local = of.manager().newSubManager()) {
      Batch batch = Batch.of(of, local, point.prefix(), point.length(), point.batch());
      try (Ladder ladder = new Ladder(of, batch)) {
        Ladder.Way way = ladder.ways().get(ladder.ways().size() - 1);
        time("teacher", point, way::run);
      }
    }
  }

  private void student(Point point, StudentConfig narrower) {
    StudentConfig config = StudentSizes.in(Arithmetic.AUTO, narrower, point.length());
    try (StudentStep step =
        new StudentStep(
            subject.manager(), config, subject.table(), point.batch(), point.length())) {
      time("student", point, step::run);
    }
  }

  private void sampler(Point point) {
    if (point.size().equals("length")) {
      return; // a sampler has its own lengths
    }
    Sampler sampler =
        Samplers.of(
            settings.sampler(), TeacherView.ofSpace(subject.table(), subject.tokens().byRank()), 1);
    time("sampler", point, () -> SamplerTask.run(sampler, subject.manager(), point.batch()));
  }

  private void time(String part, Point point, Runnable task) {
    Map<String, Series> series = new Rounds().add(part, task).run(settings.rounds(), unused -> {});
    Series own = series.values().iterator().next();
    found.add(new SpeedReport.Growth(part, point.size(), point.value(), own.rate(point.batch())));
  }

  private void widths() {
    Set<Integer> measured = new HashSet<>();
    for (int divisor : new int[] {4, 2, 1}) {
      DecoderShape shape = narrower(subject.shape(), divisor);
      if (!measured.add(shape.hidden())) {
        continue; // its one key/value head cannot be divided
      }
      progress.accept("growth: width " + shape.hidden());
      Precision precision = subject.narrow().precision();
      Device device = settings.device();
      try (MeasuredTeacher other = MeasuredTeacher.random(shape, precision, device)) {
        teacher(at("width", shape.hidden()), other);
      }
      StudentConfig student = StudentSizes.narrower(settings.student(), divisor);
      student(at("width", StudentSizes.width(student)), student);
    }
  }

  private Point at(String size, int value) {
    return new Point(size, value, settings.prefix(), settings.length(), settings.batch());
  }

  private static DecoderShape narrower(DecoderShape s, int divisor) {
    int keyValueHeads = Math.max(1, s.keyValueHeads() / divisor);
    int heads = s.heads() / s.keyValueHeads() * keyValueHeads;
    int hidden = Math.max(1, s.hidden() * heads / s.heads());
    int feedForward = Math.max(1, s.feedForward() * heads / s.heads());
    return new DecoderShape(
        s.family(),
        s.vocabulary(),
        hidden,
        LAYERS,
        heads,
        keyValueHeads,
        s.headDimension(),
        feedForward,
        s.maxPositions(),
        s.epsilon(),
        true,
        s.bias(),
        s.rope());
  }
}
