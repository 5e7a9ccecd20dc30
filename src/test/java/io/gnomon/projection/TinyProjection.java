package io.gnomon.projection;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.TinyLabels;
import io.gnomon.TinyTeacher;
import io.gnomon.answer.Answers;
import io.gnomon.answer.AskedCount;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.ObjectiveConfig;
import io.gnomon.config.ObjectiveConfig.CoefficientConfig;
import io.gnomon.config.ObjectiveConfig.ComponentConfig;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.RuntimeConfig;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.TeacherConfig;
import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.config.TraceConfig;
import io.gnomon.config.TrainingConfig;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.objective.Objectives;
import io.gnomon.sampler.Sampler;
import io.gnomon.sampler.Samplers;
import io.gnomon.student.Student;
import io.gnomon.student.Students;
import io.gnomon.teacher.LanguageModel;
import io.gnomon.teacher.Teacher;
import io.gnomon.tensor.Precision;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;

/** A projection of {@link TinyTeacher} in a folder, made anew as a new process would make it. */
final class TinyProjection implements AutoCloseable {
  private static final double DROPOUT = 0.03;

  final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  final LanguageModel model;
  final Teacher teacher;
  final Student student;
  final TraceFile trace;
  final ProjectionState state;
  final AskedCount asked = new AskedCount();
  Answers training;
  Answers probes;
  private final ExperimentConfig config;

  TinyProjection(Path teacherFolder, Path run, ExperimentConfig config, String fingerprint) {
    this.config = config;
    this.model = LanguageModel.load(teacherFolder.toString(), Precision.FP32, Device.cpu());
    this.teacher = Teacher.of(model, config.task());
    this.training = Answers.asked(teacher);
    this.probes = Answers.asked(teacher);
    this.student =
        Students.create(
            manager, config.student(), model.embeddings(), config.task(), config.seed());
    this.trace = new TraceFile(run.resolve("trace.jsonl"));
    this.state = new ProjectionState(run, fingerprint, asked);
  }

  static ExperimentConfig config(int steps, double learningRate, int traceEvery) {
    return new ExperimentConfig(
        "tiny",
        3,
        TinyTeacher.task(),
        new TeacherConfig(
            "unused", TeacherConfig.PrecisionChoice.FP32, TeacherConfig.AnswersChoice.NONE),
        new StudentConfig.Roberta(14, 1, 2, 23, 17, DROPOUT, StudentConfig.Arithmetic.FP32, null),
        new TokenSamplerConfig.Bursty(new SamplerConfig.LengthConfig(3, 11), 3, 0.8, 1, 300),
        new ObjectiveConfig(
            ObjectiveConfig.Divergence.GENERALIZED_KL,
            new ComponentConfig.Simplex(),
            new CoefficientConfig(true, 0.5, 0, false)),
        new OptimizerConfig(
            learningRate, 1, 0.01, 0.9, 0.999, 1e-8, 5, OptimizerConfig.Schedule.CONSTANT, 1),
        new TrainingConfig(steps, 16, 7),
        new TraceConfig(traceEvery, 67, null),
        new RuntimeConfig("cpu", 1, RuntimeConfig.Overlap.AUTO));
  }

  /** {@code config} with {@code part} in place of its own of that type. */
  static ExperimentConfig with(ExperimentConfig config, Record part) {
    RecordComponent[] components = ExperimentConfig.class.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = types[i].isInstance(part) ? part : components[i].getAccessor().invoke(config);
      }
      return ExperimentConfig.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("an experiment is a record", e);
    }
  }

  /** {@code config} with the next batch drawn during each step. */
  static ExperimentConfig overlapping(ExperimentConfig config) {
    return with(config, new RuntimeConfig("cpu", 1, RuntimeConfig.Overlap.ON));
  }

  /** {@code config} under l2 with c in closed form. */
  static ExperimentConfig closedForm(ExperimentConfig config) {
    return with(
        config,
        new ObjectiveConfig(
            ObjectiveConfig.Divergence.L2,
            new ComponentConfig.Simplex(),
            new CoefficientConfig(true, 0.5, 0, true)));
  }

  /** {@code config} with a task of several labels. */
  static ExperimentConfig labels(ExperimentConfig config) {
    return with(config, TinyLabels.task());
  }

  /** {@code config} with a student that multiplies in bfloat16. */
  static ExperimentConfig mixed(ExperimentConfig config) {
    return with(
        config,
        new StudentConfig.Roberta(14, 1, 2, 23, 17, DROPOUT, StudentConfig.Arithmetic.BF16, null));
  }

  /** {@code config} with a student that pools. */
  static ExperimentConfig pooling(ExperimentConfig config) {
    return with(config, new StudentConfig.Static(11, 7));
  }

  Projection.Outcome run(ProjectionListener listener) {
    return run(listener, 1);
  }

  /** Runs, looking for steps that are not finite every so many steps, as on a card. */
  Projection.Outcome run(ProjectionListener listener, int lookEvery) {
    int[] ids = TinyTeacher.allowedIds(model.shape().vocabulary());
    Sampler inputs = Samplers.of(config.sampler(), model.embeddings(), ids, config.seed());
    Sampler others = Samplers.of(config.sampler(), model.embeddings(), ids, config.seed() + 1);
    ProbeSet probe = new ProbeSet(others, probes, manager, config.trace().probe());
    try (Coefficient c = new Coefficient(manager, config.objective().coefficient());
        Projection projection =
            new Projection(
                config,
                new Projection.Cast(
                    new SampledBatches(inputs, training, config.training().batchSize()),
                    student,
                    c,
                    Objectives.of(config.objective(), config.task()),
                    new Measurement(probe, space(), null)),
                manager,
                trace,
                state,
                listener,
                lookEvery)) {
      return projection.run();
    }
  }

  private AnswerSpace space() {
    return config.task().multiLabel()
        ? AnswerSpace.labels()
        : AnswerSpace.classes(config.objective().component().index(teacher.classes()));
  }

  /** Native arrays that are held below the run's or the model's manager. */
  int liveArrays() {
    return manager.getManagedArrays().size() + model.manager().getManagedArrays().size();
  }

  @Override
  public void close() {
    teacher.close();
    student.close();
    model.close();
    manager.close();
  }

  /** Stops before step {@code stopBehind} + 1, or never when it is negative. */
  static class Listener implements ProjectionListener {
    private final long stopBehind;
    long made;

    Listener(long stopBehind) {
      this.stopBehind = stopBehind;
    }

    @Override
    public void note(String line) {}

    @Override
    public void stepped(long step) {
      made = step;
    }

    @Override
    public void traced(TraceRow row) {}

    @Override
    public boolean stop() {
      return stopBehind >= 0 && made == stopBehind;
    }
  }
}
