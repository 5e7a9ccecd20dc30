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
  /** As {@code gnomon teach} has them where nothing else is said. */
  private static final LossConfig LOSS = new LossConfig(0, 256, 0.2, 0.1, 0.2);

  private static final double AVERAGE = 0.99;
  private static final double CROP = 0.3;
  private static final int WARM_UP = 100;

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
        new TokenizerConfig(8192, true),
        new ModelConfig(128, 3, 4, 4, 344, 512),
        List.of(
            new LessonConfig(it.task(), train, 1, kind.batchSize(), cell.text().maxLength(), CROP)),
        LOSS,
        optimizer(kind),
        new ScheduleConfig(kind.steps(), AVERAGE, 1, 1, Math.max(1, kind.steps() / 10)),
        it.runtime());
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
        kind.learningRate(), 1, 0.01, 0.9, 0.999, 1e-8, warmUp, OptimizerConfig.Schedule.COSINE, 1);
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
