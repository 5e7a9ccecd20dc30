package io.gnomon.bench;

import io.gnomon.checkpoint.FolderLock;
import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ApproachConfig.Classical;
import io.gnomon.config.ApproachConfig.Classical.Labels;
import io.gnomon.config.ApproachConfig.Classical.Learner;
import io.gnomon.config.ApproachConfig.Distillation;
import io.gnomon.config.ApproachConfig.Synthetic;
import io.gnomon.config.ApproachConfig.Taught;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig.Roberta;
import io.gnomon.config.SuiteConfig.TextsConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledText;
import io.gnomon.experiment.Labelling;
import io.gnomon.teacher.TeacherFolder;
import io.gnomon.tensor.Devices;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What cells share: the texts of a task, and what the teacher answers to them. Of texts those of
 * the last task are held; the teacher's answers are kept on disk, for they cost minutes.
 */
public final class Materials {
  /** Texts between two looks at the clock. */
  private static final int CHUNK = 512;

  /** Milliseconds between two looks whether another process has asked. */
  private static final long LOOK = 1000;

  private final Path answers;
  private final Map<String, String> teachers = new HashMap<>();
  private final Map<String, String> others = new HashMap<>();
  private @Nullable Held held;

  private record Held(
      TaskConfig task, TextsConfig text, TaskTexts texts, Map<Split, String> sha256) {}

  /**
   * Materials whose answers lie in a folder.
   *
   * @param answers kept answers; safe to delete
   */
  Materials(Path answers) {
    this.answers = answers;
  }

  /** The texts of the cell's task. */
  public TaskTexts texts(Cell cell) {
    return held(cell).texts();
  }

  private Held held(Cell cell) {
    TaskConfig task = cell.experiment().task();
    Held last = held;
    if (last == null || !last.task().equals(task) || !last.text().equals(cell.text())) {
      last = new Held(task, cell.text(), new TaskTexts(task, cell.text()), new HashMap<>());
      held = last;
    }
    return last;
  }

  private String sha256(Cell cell, Split part) {
    Held own = held(cell);
    return own.sha256().computeIfAbsent(part, p -> TaskTexts.sha256(own.texts().of(p)));
  }

  /** All that decides the cell's result. */
  Fingerprint fingerprint(Cell cell) {
    return Fingerprint.of(cell, models(cell), read(cell));
  }

  /**
   * The same where not all need be there, for neither teacher nor texts are on every machine that
   * goes on with another's cells: what cannot be had is taken to be as {@code kept} has it.
   */
  Fingerprint fingerprint(Cell cell, Fingerprint kept) {
    return Fingerprint.of(
        cell, had(() -> models(cell), kept.teacher()), had(() -> read(cell), kept.texts()));
  }

  private static String had(Supplier<String> part, String kept) {
    try {
      return part.get();
    } catch (InputException absent) {
      return kept;
    }
  }

  /** SHA-256 of the texts that the cell reads. */
  private String read(Cell cell) {
    String texts = sha256(cell, Split.TEST);
    boolean trains = cell.kind().readsTrainingTexts();
    if (!trains && TaskScorer.of(cell.experiment().task()).tunes()) {
      texts = Sha256.ofText(texts + sha256(cell, Split.DEV));
    }
    if (trains) {
      texts = Sha256.ofText(texts + sha256(cell, Split.DEV) + sha256(cell, Split.TRAIN));
    }
    return texts;
  }

  /** The teacher, and what the approach starts from, its student starts from, or writes for it. */
  private String models(Cell cell) {
    StringBuilder models = new StringBuilder(teacher(cell.experiment()));
    if (cell.kind() instanceof Taught it && it.from() != null) {
      models.append(" from ").append(weightsOf(it.from()));
    }
    if (cell.kind() instanceof Synthetic it && it.writer() != null) {
      models.append(" writer ").append(weightsOf(it.writer()));
    }
    if (cell.kind().trainsStudent()
        && cell.experiment().student() instanceof Roberta it
        && it.fromCheckpoint() != null) {
      models.append(" student ").append(weightsOf(it.fromCheckpoint()));
    }
    return models.toString();
  }

  private String weightsOf(String path) {
    return others.computeIfAbsent(path, Materials::weights);
  }

  private static String weights(String path) {
    return Sha256.ofWeights(TeacherFolder.resolve(path));
  }

  /** The teacher's weights and the precision that they are multiplied in. */
  private String teacher(ExperimentConfig experiment) {
    String weights =
        teachers.computeIfAbsent(
            experiment.teacher().path(), path -> Sha256.ofFolder(TeacherFolder.resolve(path)));
    return weights + " " + precision(experiment);
  }

  private static String precision(ExperimentConfig experiment) {
    return Devices.precision(
            experiment.teacher().precision(), Devices.of(experiment.runtime().device()))
        .name()
        .toLowerCase(Locale.ROOT);
  }

  /**
   * g on a part of the task's texts, (N, K): kept, or asked and kept.
   *
   * @return empty when the listener said stop
   */
  public Optional<double[][]> answers(Cell cell, Split part, CellListener listener) {
    return labels(cell, part, listener).map(Labelling::g);
  }

  /**
   * The labels that the teacher gives a part of the task's texts under the task's rule of decision,
   * (N, K); what is tuned is tuned on the dev texts.
   *
   * @return empty when the listener said stop
   */
  Optional<boolean[][]> decided(Cell cell, Split part, CellListener listener) {
    TaskScorer scorer = TaskScorer.of(cell.experiment().task());
    return answers(cell, part, listener)
        .flatMap(
            g -> {
              if (!scorer.tunes()) {
                return Optional.of(scorer.decided(g, Optional.empty()));
              }
              boolean[][] gold = texts(cell).dev().classIndicators(cell.classes());
              return answers(cell, Split.DEV, listener)
                  .map(dev -> scorer.decided(g, Optional.of(new TaskScorer.Tuned(gold, dev))));
            });
  }

  /**
   * {@link #answers} with what they took when they were asked.
   *
   * @return empty when the listener said stop
   */
  Optional<Labelling> labels(Cell cell, Split part, CellListener listener) {
    LabelledSet set = texts(cell).of(part);
    LabellingFile file = new LabellingFile(answers, key(cell, part), cell.classes().size());
    Optional<Labelling> kept = file.whole(set.size());
    if (kept.isPresent()) {
      return kept;
    }
    String what =
        "the teacher about %d %s texts of %s"
            .formatted(set.size(), part.name().toLowerCase(Locale.ROOT), cell.task());
    Optional<FolderLock> turn =
        Turn.await(file.lock(), "waiting: another gnomon asks " + what, listener, LOOK);
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    try (FolderLock held = turn.get()) {
      Optional<Labelling> meanwhile = file.whole(set.size());
      return meanwhile.isPresent() ? meanwhile : asked(cell, set, file, what, listener);
    }
  }

  private static Optional<Labelling> asked(
      Cell cell, LabelledSet set, LabellingFile file, String what, CellListener listener) {
    listener.note("asking " + what);
    List<String> texts = set.rows().stream().map(LabelledText::text).toList();
    try (TeacherClassifier teacher = TeacherClassifier.load(cell)) {
      return new TextLabelling(file, CHUNK, teacher::probabilities, listener).of(texts);
    }
  }

  /**
   * The parts of the texts of which the cell's making reads the teacher's answers. Of labels that
   * are tuned, and of C, the dev texts decide.
   */
  static Set<Split> learnedFrom(Cell cell) {
    if (cell.kind() instanceof Distillation) {
      return EnumSet.of(Split.TRAIN);
    }
    if (cell.kind() instanceof Classical it && it.labels() == Labels.TEACHER) {
      boolean dev = it.learner() == Learner.LOGISTIC_REGRESSION;
      return dev || TaskScorer.of(cell.experiment().task()).tunes()
          ? EnumSet.of(Split.TRAIN, Split.DEV)
          : EnumSet.of(Split.TRAIN);
    }
    return EnumSet.noneOf(Split.class);
  }

  /** Seconds that the teacher took, whenever that was, for the answers {@link #learnedFrom}. */
  double labellingSeconds(Cell cell, CellListener listener) {
    return learnedFrom(cell).stream()
        .mapToDouble(part -> labels(cell, part, listener).orElseThrow().seconds())
        .sum();
  }

  /** Of all that the answers depend on. */
  private String key(Cell cell, Split part) {
    ExperimentConfig it = cell.experiment();
    StringBuilder text = new StringBuilder(teacher(it)).append('\n');
    text.append(sha256(cell, part)).append('\n').append(cell.text().maxLength()).append('\n');
    text.append(ConfigWriter.write(it.task()));
    if (it.task().calibration() instanceof CalibrationConfig.FromSampler) {
      text.append(ConfigWriter.write((Record) it.sampler())).append(it.seed());
    }
    return Sha256.ofText(text.toString()).substring(0, 16);
  }
}
