package io.gnomon.experiment;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.geometry.StatisticsBackend;
import io.gnomon.sampler.Sampler;
import io.gnomon.sampler.Samplers;
import io.gnomon.sampler.TeacherView;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.Verbalizer;
import io.gnomon.teacher.Vocabulary;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.util.function.Supplier;

/**
 * A teacher ready to answer: the language model loaded, held at the task's prompt and calibrated.
 *
 * @param device where everything is computed
 * @param precision of the teacher's products
 * @param model the language model
 * @param teacher g
 */
public record TeacherSetup(Device device, Precision precision, LanguageModel model, Teacher teacher)
    implements AutoCloseable {
  private static final int CALIBRATION_BATCH = 64;

  /** Loads the teacher of {@code config} on its device and calibrates it. */
  public static TeacherSetup of(ExperimentConfig config) {
    return of(config, config.task());
  }

  /** As {@link #of(ExperimentConfig)}, held at the prompt of another task. */
  public static TeacherSetup of(ExperimentConfig config, TaskConfig task) {
    return of(config, task, space(config));
  }

  /** The embedding space of {@code config}'s teacher on its device, under its threads. */
  static EmbeddingSpace space(ExperimentConfig config) {
    threads(config.runtime().threads());
    return EmbeddingSpace.open(config.teacher().path(), Devices.of(config.runtime().device()));
  }

  /** Loads the rest of the teacher whose embeddings are there; they are closed with it. */
  static TeacherSetup of(ExperimentConfig config, TaskConfig task, EmbeddingSpace space) {
    Device device = Devices.of(config.runtime().device());
    Precision precision = Devices.precision(config.teacher().precision(), device);
    LanguageModel model = LanguageModel.load(space, precision);
    try {
      Teacher teacher = Teacher.of(model, task);
      TeacherSetup plain = new TeacherSetup(device, precision, model, teacher);
      return task.calibration() instanceof CalibrationConfig.FromSampler calibration
          ? plain.calibrated(config, calibration.samples())
          : plain;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** ND4J is loaded first, for that sets libtorch's threads as well; 0 puts back its own choice. */
  private static void threads(int asked) {
    int own = Devices.threads();
    StatisticsBackend.load();
    Devices.threads(asked == 0 ? own : asked);
  }

  /**
   * The sampler of {@code config} on this teacher's embeddings.
   *
   * @param stream what it is for: each stream draws its own samples
   */
  public Sampler sampler(ExperimentConfig config, String stream) {
    return sampler(model.space(), config, stream, teacher.verbalizer(), () -> teacher);
  }

  /**
   * As {@link #sampler(ExperimentConfig, String)}, without a teacher until the sampler asks one.
   *
   * @param words label words, some samplers' seeds
   */
  static Sampler sampler(
      EmbeddingSpace space,
      ExperimentConfig config,
      String stream,
      Verbalizer words,
      Supplier<Teacher> teacher) {
    Vocabulary vocabulary = space.tokenizer().vocabulary();
    TeacherView view =
        new TeacherView(
            space.embeddings(),
            vocabulary.ranks(space.embeddings().size()),
            vocabulary.merges(),
            words.tokens(),
            new HeardTeacher(teacher));
    return Samplers.of(config.sampler(), view, Seeds.derive(config.seed(), stream, 0));
  }

  private TeacherSetup calibrated(ExperimentConfig config, int samples) {
    float[] prior = logPrior(sampler(config, "calibration"), samples);
    return new TeacherSetup(device, precision, model, teacher.calibrated(prior));
  }

  /** The logarithm of the mean answer over the sampler's own inputs. */
  private float[] logPrior(Sampler sampler, int samples) {
    double[] sums = new double[teacher.classes().size()];
    for (int first = 0; first < samples; first += CALIBRATION_BATCH) {
      int count = Math.min(CALIBRATION_BATCH, samples - first);
      try (NDScope scope = new NDScope();
          NDManager local = model.manager().newSubManager()) {
        scope.suppressNotUsedWarning();
        NDArray x = sampler.sample(local, first / CALIBRATION_BATCH, count);
        float[] g = teacher.probabilities(x).toFloatArray();
        for (int i = 0; i < g.length; i++) {
          sums[i % sums.length] += g[i];
        }
      }
    }
    float[] prior = new float[sums.length];
    for (int k = 0; k < prior.length; k++) {
      prior[k] = (float) Math.log(Math.max(sums[k] / samples, Float.MIN_NORMAL));
    }
    return prior;
  }

  @Override
  public void close() {
    teacher.close();
    model.close();
  }
}
