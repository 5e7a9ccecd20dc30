package io.gnomon.bench;

import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.SuiteConfig.TextsConfig;
import java.util.List;

/**
 * One box of the grid: an approach on a task under a seed.
 *
 * @param approach the approach's name
 * @param kind what it does
 * @param experiment the suite's experiment with task, seed and the approach's settings in place
 * @param text how much text is read
 */
public record Cell(
    String approach, ApproachConfig kind, ExperimentConfig experiment, TextsConfig text) {
  /** The task's name. */
  public String task() {
    return experiment.task().name();
  }

  /** The seed; for an approach that none matters to, the suite's first. */
  public long seed() {
    return experiment.seed();
  }

  /** The task's classes, in order. */
  public List<String> classes() {
    return List.copyOf(experiment.task().classes().keySet());
  }

  /** {@code task/approach/seed-N}: its folder below {@code cells/}, and its name in messages. */
  public String id() {
    return idUnder(seed());
  }

  /** The name of the same cell under another seed. */
  String idUnder(long other) {
    return task() + "/" + approach + "/seed-" + other;
  }

  @Override
  public String toString() {
    return id();
  }
}
