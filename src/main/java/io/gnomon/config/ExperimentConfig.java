package io.gnomon.config;

import org.jspecify.annotations.Nullable;

/** One experiment: everything that {@code gnomon run} needs to know. */
public record ExperimentConfig(
    @Key("name of the experiment; its runs go to results/<name>/") String name,
    @Key(value = "seed of everything random in the run", byDefault = "1", min = 0) long seed,
    @Key(value = "prompt, classes and label words", part = "tasks") TaskConfig task,
    @Key(value = "the language model to project", part = "teachers") TeacherConfig teacher,
    @Key(value = "the classifier to train", part = "students") StudentConfig student,
    @Key(value = "where the inputs come from", part = "samplers") SamplerConfig sampler,
    @Key("text to train on in place of the sampler's inputs; absent in a projection")
        @Nullable TextConfig text,
    @Key(value = "what is minimised", byDefault = "{}") ObjectiveConfig objective,
    @Key(value = "AdamW and its schedule", byDefault = "{}") OptimizerConfig optimizer,
    @Key(value = "steps, batches and checkpoints", byDefault = "{}") TrainingConfig training,
    @Key(value = "what is measured, and how often", byDefault = "{}") TraceConfig trace,
    @Key(value = "device and threads", byDefault = "{}") RuntimeConfig runtime) {

  /** A projection: an experiment that trains on no text. */
  public ExperimentConfig(
      String name,
      long seed,
      TaskConfig task,
      TeacherConfig teacher,
      StudentConfig student,
      SamplerConfig sampler,
      ObjectiveConfig objective,
      OptimizerConfig optimizer,
      TrainingConfig training,
      TraceConfig trace,
      RuntimeConfig runtime) {
    this(
        name, seed, task, teacher, student, sampler, null, objective, optimizer, training, trace,
        runtime);
  }

  /** The same experiment with another teacher, told to do the same. */
  public ExperimentConfig withTeacher(String path) {
    TeacherConfig other =
        new TeacherConfig(path, teacher.precision(), teacher.answers(), teacher.rows());
    return new ExperimentConfig(
        name, seed, task, other, student, sampler, text, objective, optimizer, training, trace,
        runtime);
  }

  /** The same experiment on another task. */
  public ExperimentConfig withTask(TaskConfig other) {
    return new ExperimentConfig(
        name, seed, other, teacher, student, sampler, text, objective, optimizer, training, trace,
        runtime);
  }

  /** The same experiment on other text. */
  public ExperimentConfig withText(TextConfig other) {
    return new ExperimentConfig(
        name, seed, task, teacher, student, sampler, other, objective, optimizer, training, trace,
        runtime);
  }
}
