package io.gnomon.config;

import org.jspecify.annotations.Nullable;

/** How long, how much at a time, and how often saved. */
public record TrainingConfig(
    @Key(value = "optimizer steps", byDefault = "100000", min = 1) int steps,
    @Key(value = "samples a step", byDefault = "32", min = 1, max = 1_000_000) int batchSize,
    @Key(value = "steps between checkpoints", byDefault = "1000", min = 1) int checkpointEvery,
    @Key("run folder whose student is trained further; a new student when absent")
        @Nullable String start) {
  /** Of a new student. */
  public TrainingConfig(int steps, int batchSize, int checkpointEvery) {
    this(steps, batchSize, checkpointEvery, null);
  }
}
