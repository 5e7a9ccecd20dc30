package io.gnomon.experiment;

import ai.djl.Device;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.geometry.StatisticsBackend;
import io.gnomon.sampler.Confidence;
import io.gnomon.sampler.Sampler;
import io.gnomon.sampler.Samplers;
import io.gnomon.sampler.TeacherView;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.teacher.ForwardLimit;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.teacher.Verbalizer;
import io.gnomon.teacher.Vocabulary;
import io.gnomon.tensor.Devices;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;

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
    // Before the layers are there: the plan counts them.
    ForwardLimit limit = MemoryPlan.limit(config, space);
    LanguageModel model = LanguageModel.load(space, precision);
    try {
      Teacher teacher = Teacher.of(model, task, limit);
      TeacherSetup plain = new TeacherSetup(device, precision, model, teacher);
      return task.calibration() instanceof CalibrationConfig.FromSampler calibration
          ? plain.calibrated(config, calibration.samples())
          : plain;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Gives libtorch {@code asked} threads; 0 puts back its own choice. ND4J is loaded first, for
   * that sets them as well.
   */
  public static void threads(int asked) {
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
    return sampler(model.space(), config, stream, new TeacherConfidence(() -> teacher));
  }

  /**
   * As {@link #sampler(ExperimentConfig, String)}, without a teacher until the sampler asks one.
   */
  static Sampler sampler(
      EmbeddingSpace space, ExperimentConfig config, String stream, Confidence teacher) {
    long seed = Seeds.derive(config.seed(), stream, 0);
    return sampler(space, config.task(), config.sampler(), seed, teacher);
  }

  /** A sampler on these embeddings; some draw from the task's words, and some ask the teacher. */
  static Sampler sampler(
      EmbeddingSpace space, TaskConfig task, SamplerConfig config, long seed, Confidence teacher) {
    Vocabulary vocabulary = space.tokenizer().vocabulary();
    TeacherView view =
        new TeacherView(
            space.embeddings(),
            vocabulary.ranks(space.embeddings().size()),
            vocabulary.merges(),
            Verbalizer.classTokens(task, space.tokenizer()),
            teacher);
    return Samplers.of(config, view, seed);
  }

  private TeacherSetup calibrated(ExperimentConfig config, int samples) {
    float[] prior = Priors.log(teacher, sampler(config, "calibration"), samples);
    return new TeacherSetup(device, precision, model, teacher.calibrated(prior));
  }

  @Override
  public void close() {
    teacher.close();
    model.close();
  }
}
