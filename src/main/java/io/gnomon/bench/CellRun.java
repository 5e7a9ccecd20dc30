package io.gnomon.bench;

import ai.djl.Device;
import io.gnomon.bench.TaskScorer.Answered;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledText;
import io.gnomon.experiment.TeacherSetup;
import io.gnomon.provenance.Probe;
import io.gnomon.tensor.Devices;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One cell from its configuration to its record: made, asked, scored, timed, written down. */
final class CellRun {
  private final Materials materials;
  private final Approaches approaches;
  private final CellListener listener;

  CellRun(Materials materials, Approaches approaches, CellListener listener) {
    this.materials = materials;
    this.approaches = approaches;
    this.listener = listener;
  }

  /**
   * Runs {@code cell} in its folder.
   *
   * @param clock of this sitting
   * @return what became of it, written down; empty when it was stopped
   */
  Optional<CellRecord> run(Cell cell, CellFolder folder, SittingClock clock) {
    CellListener heard = clock.beside(listener);
    // Before memory is watched: these answers serve all cells of the task, and the teacher that
    // gives them is no part of the one that happens to ask first.
    Optional<double[][]> g = materials.answers(cell, Split.TEST, heard);
    if (g.isEmpty() || !answered(cell, heard)) {
      return Optional.empty();
    }
    TeacherSetup.threads(cell.experiment().runtime().threads());
    try (ResidentMemory memory = ResidentMemory.watch()) {
      folder.begin(materials.fingerprint(cell));
      Optional<Classifier> made = approaches.of(cell).make(cell, folder, heard);
      if (made.isEmpty()) {
        return Optional.empty();
      }
      try (Classifier classifier = made.get()) {
        Measured measured = measured(cell, folder, classifier, g.get());
        return Optional.of(written(cell, folder, measured, memory, clock));
      }
    }
  }

  /** Has the teacher answer all other texts that the cell needs; false when it was stopped. */
  private boolean answered(Cell cell, CellListener heard) {
    Set<Split> parts = new TreeSet<>(Materials.learnedFrom(cell));
    if (TaskScorer.of(cell.experiment().task()).tunes()) {
      parts.add(Split.DEV);
    }
    return parts.stream().allMatch(part -> materials.answers(cell, part, heard).isPresent());
  }

  private record Measured(
      Classifier.Making making, Map<String, Estimate> figures, Latency latency) {}

  private Measured measured(Cell cell, CellFolder folder, Classifier classifier, double[][] g) {
    LabelledSet test = materials.texts(cell).test();
    TaskScorer scorer = TaskScorer.of(cell.experiment().task());
    Map<String, Estimate> figures = new LinkedHashMap<>();
    Optional<Answered> dev = scorer.tunes() ? dev(cell, classifier) : Optional.empty();
    TaskScorer.Result result = scorer.score(answered(cell, classifier, test, g), dev);
    result.figures().forEach((figure, value) -> figures.put(figure.key(), value));
    classifier.making().measured().forEach((figure, it) -> figures.put(figure.key(), it));
    result.kept().write(folder.predictions());
    return new Measured(classifier.making(), figures, Latency.of(classifier, texts(test)));
  }

  private Optional<Answered> dev(Cell cell, Classifier classifier) {
    LabelledSet dev = materials.texts(cell).dev();
    return materials
        .answers(cell, Split.DEV, listener)
        .map(g -> answered(cell, classifier, dev, g));
  }

  private static Answered answered(
      Cell cell, Classifier classifier, LabelledSet set, double[][] g) {
    // The teacher's answers are there already, and take minutes to ask.
    boolean teacher = cell.kind() instanceof ApproachConfig.Teacher;
    double[][] h = teacher ? g : classifier.probabilities(texts(set));
    requireProbabilities(cell, h, set.size());
    return new Answered(set, g, h);
  }

  private static List<String> texts(LabelledSet set) {
    return set.rows().stream().map(LabelledText::text).toList();
  }

  /** As many finite numbers as the task has classes: nothing outside its list can be chosen. */
  private static void requireProbabilities(Cell cell, double[][] h, int texts) {
    int classes = cell.classes().size();
    if (h.length != texts) {
      throw new IllegalStateException(h.length + " answers to " + texts + " texts");
    }
    for (int i = 0; i < h.length; i++) {
      if (h[i].length != classes) {
        throw new IllegalStateException(
            "text %d: %d probabilities for %d classes".formatted(i + 1, h[i].length, classes));
      }
      for (double value : h[i]) {
        if (!Double.isFinite(value) || value < 0) {
          throw new IllegalStateException("text " + (i + 1) + ": a probability of " + value);
        }
      }
    }
  }

  private CellRecord written(
      Cell cell, CellFolder folder, Measured measured, ResidentMemory memory, SittingClock clock) {
    if (!Files.isRegularFile(folder.run().config())) {
      AtomicFiles.writeString(folder.run().config(), ConfigWriter.write(cell.experiment()));
    }
    // A cell begun by an earlier version has no account of its sittings.
    double seconds = Math.max(clock.seconds(), measured.making().trainingSeconds());
    CellRecord record =
        new CellRecord(
            null,
            materials.fingerprint(cell),
            measured.figures(),
            costs(measured, memory),
            machine(cell, seconds));
    record.write(folder.record());
    folder.dropCheckpoint();
    return record;
  }

  private static Costs costs(Measured measured, ResidentMemory memory) {
    Classifier.Making making = measured.making();
    return new Costs(
        making.preparationSeconds(),
        making.trainingSeconds(),
        making.samples(),
        making.answersKept(),
        making.parameters(),
        making.sharedParameters(),
        measured.latency().millisecondsPerText(),
        measured.latency().textsPerSecond(),
        measured.latency().rounds(),
        memory.peak(),
        memory.before());
  }

  private static Machine machine(Cell cell, double seconds) {
    Device device = Devices.of(cell.experiment().runtime().device());
    return Machine.of(Probe.platform(device), seconds);
  }

  /** Writes down that {@code cell} failed; what it left stays, to be gone on with. */
  CellRecord failed(Cell cell, CellFolder folder, String cause, SittingClock clock) {
    Fingerprint settings = new Fingerprint(Fingerprint.settings(cell), "", "");
    CellRecord record =
        new CellRecord(cause, settings, Map.of(), null, machine(cell, clock.seconds()));
    record.write(folder.record());
    return record;
  }
}
