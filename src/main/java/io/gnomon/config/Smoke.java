package io.gnomon.config;

import io.gnomon.config.CalibrationConfig.FromSampler;
import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.config.StudentConfig.Roberta;
import io.gnomon.config.StudentConfig.Static;
import io.gnomon.config.TraceConfig.TextTraceConfig;
import org.jspecify.annotations.Nullable;

/** The same experiment, tiny: seconds on a CPU, checkpoints and trace included. */
public final class Smoke {
  private static final int TEXT_LENGTH = 32;
  private static final int PROBES = 64;

  private Smoke() {}

  /**
   * Shrinks an experiment. Task, teacher, objective, kind of sampler and precision stay; the
   * student shrinks unless it starts from a checkpoint; the device becomes the CPU; the name gains
   * {@code -smoke}, so that no real run folder is touched.
   */
  public static ExperimentConfig of(ExperimentConfig config) {
    StudentConfig student = student(config.student());
    return new ExperimentConfig(
        config.name() + "-smoke",
        config.seed(),
        task(config.task()),
        config.teacher(),
        student,
        sampler(config.sampler()),
        textToTrain(config.text(), student),
        config.objective(),
        optimizer(config.optimizer()),
        training(config.training()),
        trace(config.trace(), student),
        new RuntimeConfig("cpu", config.runtime().threads(), config.runtime().overlap()));
  }

  private static TaskConfig task(TaskConfig task) {
    CalibrationConfig calibration =
        task.calibration() instanceof FromSampler sampled
            ? new FromSampler(Math.min(sampled.samples(), 8))
            : task.calibration();
    return new TaskConfig(
        task.name(),
        task.type(),
        task.prompt(),
        task.classes(),
        task.answers(),
        task.score(),
        calibration,
        task.temperature(),
        task.data());
  }

  private static StudentConfig student(StudentConfig student) {
    return student.match(
        Smoke::roberta, it -> new Static(Math.min(it.features(), 16), Math.min(it.hidden(), 16)));
  }

  private static Roberta roberta(Roberta it) {
    int positions = Math.min(it.maxPositions(), 64);
    return it.fromCheckpoint() == null
        ? new Roberta(16, 1, 2, 32, positions, it.dropout(), it.precision(), null)
        : it;
  }

  private static SamplerConfig sampler(SamplerConfig sampler) {
    LengthConfig length =
        new LengthConfig(Math.min(sampler.length().min(), 8), Math.min(sampler.length().max(), 16));
    SamplerConfig brief = sampler.withLength(length);
    return fewProbes(brief);
  }

  private static SamplerConfig fewProbes(SamplerConfig sampler) {
    if (sampler instanceof TokenSamplerConfig.Salient it) {
      return it.withProbes(Math.min(it.probes(), PROBES));
    } else if (sampler instanceof DerivedSamplerConfig.Sharpened it) {
      return new DerivedSamplerConfig.Sharpened(
          it.length(), fewProbes(it.of()), it.steps(), it.step(), it.project());
    } else if (sampler instanceof DerivedSamplerConfig.Balanced it) {
      return new DerivedSamplerConfig.Balanced(it.length(), fewProbes(it.of()), it.candidates());
    } else if (sampler instanceof DerivedSamplerConfig.Blend it) {
      return new DerivedSamplerConfig.Blend(
          it.length(),
          it.parts().stream()
              .map(
                  part ->
                      new DerivedSamplerConfig.Blend.Part(part.weight(), fewProbes(part.sampler())))
              .toList());
    }
    return sampler;
  }

  private static OptimizerConfig optimizer(OptimizerConfig it) {
    return new OptimizerConfig(
        it.learningRate(),
        it.coefficientRate(),
        it.weightDecay(),
        it.beta1(),
        it.beta2(),
        it.epsilon(),
        Math.min(it.warmupSteps(), 1),
        it.schedule(),
        it.clipNorm());
  }

  private static TrainingConfig training(TrainingConfig it) {
    return new TrainingConfig(
        Math.min(it.steps(), 6),
        Math.min(it.batchSize(), 4),
        Math.min(it.checkpointEvery(), 3),
        it.start());
  }

  private static TraceConfig trace(TraceConfig it, StudentConfig student) {
    int every = Math.min(it.every(), 2);
    return new TraceConfig(every, Math.min(it.probe(), 8), text(it.text(), student), it.to());
  }

  private static @Nullable TextConfig textToTrain(
      @Nullable TextConfig text, StudentConfig student) {
    if (text instanceof TextConfig.Labelled it) {
      int limit = it.limit() == 0 ? 16 : Math.min(it.limit(), 16);
      int length = Math.min(it.maxLength(), longest(student));
      return new TextConfig.Labelled(it.labels(), it.data(), limit, length);
    }
    if (text instanceof TextConfig.Generated it) {
      int length = Math.min(it.maxLength(), Math.min(8, longest(student)));
      return new TextConfig.Generated(
          Math.min(it.texts(), 8), it.prompts(), length, it.temperature(), it.topP(), it.writer());
    }
    return null;
  }

  /** Tokens of a text that the student has positions for, no more than are worth the time. */
  private static int longest(StudentConfig student) {
    return Math.min(TEXT_LENGTH, student.longest());
  }

  private static @Nullable TextTraceConfig text(
      @Nullable TextTraceConfig text, StudentConfig student) {
    if (text == null) {
      return null;
    }
    int limit = text.limit() == 0 ? 16 : Math.min(text.limit(), 16);
    return new TextTraceConfig(limit, Math.min(text.maxLength(), longest(student)));
  }
}
