package io.gnomon.baseline;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.experiment.Experiment;
import io.gnomon.experiment.RunFolder;
import io.gnomon.projection.ProjectionListener;
import java.nio.file.Path;

/** The run that a configuration asks for: a projection, or one on the text that it names. */
public final class Experiments {
  private Experiments() {}

  /**
   * The run of {@code config} in {@code folder}.
   *
   * @param answers root of what a teacher said or wrote, of use where the configuration keeps it
   * @param listener hears notes, steps and rows, and is asked whether to stop
   */
  public static Experiment of(
      ExperimentConfig config, RunFolder folder, Path answers, ProjectionListener listener) {
    ExperimentConfig resolved = resolved(config);
    if (resolved.text() instanceof TextConfig.Labelled text) {
      LabelledSource source = new LabelledSource(resolved, text);
      return new Experiment(resolved, folder, answers, listener, source);
    }
    if (resolved.text() instanceof TextConfig.Generated text) {
      GeneratedSource source = new GeneratedSource(resolved, text);
      return new Experiment(resolved, folder, answers, listener, source);
    }
    return new Experiment(resolved, folder, answers, listener);
  }

  /** With what follows from the task written out: which set, which prompts. */
  private static ExperimentConfig resolved(ExperimentConfig config) {
    if (config.text() instanceof TextConfig.Labelled it) {
      return config.withText(
          new TextConfig.Labelled(
              it.labels(), it.set(config.task()).orElse(null), it.limit(), it.maxLength()));
    }
    if (config.text() instanceof TextConfig.Generated it) {
      return config.withText(
          new TextConfig.Generated(
              it.texts(), it.prompts(config.task()), it.maxLength(), it.temperature(), it.topP()));
    }
    return config;
  }
}
