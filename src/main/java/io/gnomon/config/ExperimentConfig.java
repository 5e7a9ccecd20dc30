package io.gnomon.config;

/** One experiment: everything that {@code gnomon run} needs to know. */
public record ExperimentConfig(
    @Key("name of the experiment; its runs go to results/<name>/") String name,
    @Key(value = "seed of everything random in the run", byDefault = "1", min = 0) long seed,
    @Key(value = "prompt, classes and label words", part = "tasks") TaskConfig task,
    @Key(value = "the language model to project", part = "teachers") TeacherConfig teacher,
    @Key(value = "the classifier to train", part = "students") StudentConfig student,
    @Key(value = "where the inputs come from", part = "samplers") SamplerConfig sampler,
    @Key(value = "what is minimised", byDefault = "{}") ObjectiveConfig objective,
    @Key(value = "AdamW and its schedule", byDefault = "{}") OptimizerConfig optimizer,
    @Key(value = "steps, batches and checkpoints", byDefault = "{}") TrainingConfig training,
    @Key(value = "what is measured, and how often", byDefault = "{}") TraceConfig trace,
    @Key(value = "device and threads", byDefault = "{}") RuntimeConfig runtime) {}
