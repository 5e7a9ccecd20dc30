package io.gnomon.bench;

import io.gnomon.config.ApproachConfig.Taught;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.MethodConfig;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.config.TeachConfig;
import io.gnomon.config.TeachConfig.LessonConfig;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.config.TeachConfig.ModelConfig;
import io.gnomon.config.TeachConfig.ScheduleConfig;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import io.gnomon.config.TeacherConfig.PrecisionChoice;
import io.gnomon.data.LabelledSet;
import io.gnomon.teach.TeachListener;
import io.gnomon.teach.Teaching;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A language model taught the cell's task alone on its labelled training texts, by what {@code
 * gnomon teach} does, and then asked at the task's prompt as a teacher is. It goes on where it was
 * stopped; of a sitting that was killed the seconds are not counted.
 */
final class TaughtApproach implements Approach {
  // What gnomon teach does where nothing else is said, written out: were a default to change
  // there, cells that are finished would no longer be what they say they are.

  /** The words of the texts are not learned, only the answer behind them. */
  private static final double LANGUAGE_MODEL = 0;

  /** At which next words would be scored, were they. */
  private static final int POSITIONS = 256;

  // Against learning the texts by heart, for the steps go over a small set many times.
  private static final double EMBEDDING_DROPOUT = 0.2;
  private static final double DROPOUT = 0.1;
  private static final double TOKEN_NOISE = 0.2;

  /** What is kept is the mean over about the last hundred steps, steadier than the last one. */
  private static final double AVERAGE = 0.99;

  /** Of texts longer than are read, so many keep a stretch that is not their front. */
  private static final double CROP = 0.3;

  /** Steps; of a short lesson no more than a tenth. */
  private static final int WARM_UP = 100;

  private static final double WEIGHT_DECAY = 0.01;
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;
  private static final double CLIP_NORM = 1;

  /** Of c, which a language model has not. */
  private static final double COEFFICIENT_RATE = 1;

  /**
   * No faster than the others: the table is a taught one already, where {@code teach} begins one.
   */
  private static final double EMBEDDING_RATE = 1;

  // Of a new model, which none of these is.
  private static final TokenizerConfig TOKENIZER = new TokenizerConfig(8192, true);
  private static final ModelConfig MODEL = new ModelConfig(128, 3, 4, 4, 344, 512);

  private final Materials materials;

  TaughtApproach(Materials materials) {
    this.materials = materials;
  }

  @Override
  public Optional<Classifier> make(Cell cell, CellFolder folder, CellListener listener) {
    LabelledSet train = materials.texts(cell).train();
    TeachConfig config = config(cell, folder.taught());
    TaughtFolder taught = TaughtFolder.begin(folder, ConfigWriter.write(config));
    long start = System.nanoTime();
    Teaching.Outcome outcome = new Teaching(config, new Steps(listener), List.of(train)).run();
    double seconds = taught.spent((System.nanoTime() - start) / 1e9);
    if (!outcome.finished()) {
      return Optional.empty();
    }
    long samples = (long) outcome.step() * ((Taught) cell.kind()).batchSize();
    ExperimentConfig own = cell.experiment().withTeacher(config.output());
    long whole = TeacherClassifier.parameters(folder.taught());
    boolean adapted = config.method() instanceof Lora;
    TeacherClassifier.Lessons lessons =
        new TeacherClassifier.Lessons(
            seconds, samples, adapted ? taught.additions() : whole, adapted ? whole : 0);
    return Optional.of(TeacherClassifier.taught(own, cell.text(), lessons));
  }

  private static TeachConfig config(Cell cell, Path output) {
    Taught kind = (Taught) cell.kind();
    ExperimentConfig it = cell.experiment();
    String from = kind.from() == null ? it.teacher().path() : kind.from();
    DataConfig train = Objects.requireNonNull(it.task().data()).part(Split.TRAIN).orElseThrow();
    return new TeachConfig(
        cell.approach(),
        output.toString(),
        cell.seed(),
        from,
        method(kind),
        it.teacher().precision() == PrecisionChoice.FP32 ? Arithmetic.FP32 : Arithmetic.AUTO,
        TOKENIZER,
        MODEL,
        List.of(
            new LessonConfig(it.task(), train, 1, kind.batchSize(), cell.text().maxLength(), CROP)),
        new LossConfig(LANGUAGE_MODEL, POSITIONS, EMBEDDING_DROPOUT, DROPOUT, TOKEN_NOISE),
        optimizer(kind),
        schedule(kind),
        it.runtime());
  }

  private static ScheduleConfig schedule(Taught kind) {
    int checkpoints = Math.max(1, kind.steps() / 10); // one lost in ten at most
    return new ScheduleConfig(kind.steps(), AVERAGE, EMBEDDING_RATE, 1, checkpoints);
  }

  private static MethodConfig method(Taught kind) {
    return switch (kind.method()) {
      case FULL -> new MethodConfig.Full();
      case LORA -> new Lora(kind.rank(), kind.alpha(), 0, Lora.MATRICES, kind.embeddings());
    };
  }

  private static OptimizerConfig optimizer(Taught kind) {
    int warmUp = Math.min(WARM_UP, kind.steps() / 10);
    return new OptimizerConfig(
        kind.learningRate(),
        COEFFICIENT_RATE,
        WEIGHT_DECAY,
        BETA_1,
        BETA_2,
        EPSILON,
        warmUp,
        OptimizerConfig.Schedule.COSINE,
        CLIP_NORM);
  }

  /** The lessons' steps as the bench hears of them. */
  private record Steps(CellListener listener) implements TeachListener {
    @Override
    public void prepared(String line) {
      listener.note(line);
    }

    @Override
    public void progress(int step, int steps, double loss, double textsPerSecond) {
      listener.progress(step, steps);
    }

    @Override
    public boolean stop() {
      return listener.stop();
    }
  }
}
