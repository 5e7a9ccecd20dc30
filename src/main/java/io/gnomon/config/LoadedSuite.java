package io.gnomon.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A suite whose every cell was checked.
 *
 * @param config the suite
 * @param file the file it was loaded from
 * @param experiments approach → task → the experiment that cells of both start from
 */
public record LoadedSuite(
    SuiteConfig config, Path file, Map<String, Map<String, ExperimentConfig>> experiments) {

  /** The experiment of one cell. */
  public ExperimentConfig experiment(String approach, String task, long seed) {
    ExperimentConfig it =
        Objects.requireNonNull(
            Objects.requireNonNull(experiments.get(approach), approach).get(task), task);
    return new ExperimentConfig(
        it.name(),
        seed,
        it.task(),
        it.teacher(),
        it.student(),
        it.sampler(),
        it.objective(),
        it.optimizer(),
        it.training(),
        it.trace(),
        it.runtime());
  }
}
