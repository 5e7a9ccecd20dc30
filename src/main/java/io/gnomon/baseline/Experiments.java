package io.gnomon.baseline;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TextConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.experiment.Experiment;
import io.gnomon.experiment.Labelling;
import io.gnomon.experiment.RunFolder;
import io.gnomon.projection.ProjectionListener;
import java.nio.file.Path;
import java.util.Optional;

/** The run that a configuration asks for: a projection, or one on the text that it names. */
public final class Experiments {
  private Experiments() {}

  /**
   * Texts that a caller has already, in place of those that a configuration names.
   *
   * @param texts the part of the set to train on
   * @param answers the teacher's to them, in their order, where they are known
   */
  public record Given(LabelledSet texts, Optional<Labelling> answers) {}

  /**
   * {@link #of(ExperimentConfig, RunFolder, Path, ProjectionListener, Optional)}, reading texts.
   */
  public static Experiment of(
      ExperimentConfig config, RunFolder folder, Path answers, ProjectionListener listener) {
    return of(config, folder, answers, listener, Optional.empty());
  }

  /**
   * The run of {@code config} in {@code folder}.
   *
   * @param answers root of what a teacher said or wrote, of use where the configuration keeps it
   * @param listener hears notes, steps and rows, and is asked whether to stop
   * @param given labelled texts to train on, where the configuration is of such and a caller has
   *     them
   */
  public static Experiment of(
      ExperimentConfig config,
      RunFolder folder,
      Path answers,
      ProjectionListener listener,
      Optional<Given> given) {
    ExperimentConfig resolved = resolved(config);
    if (resolved.text() instanceof TextConfig.Labelled text) {
      LabelledSource source = new LabelledSource(resolved, text, given.orElse(null));
      return new Experiment(resolved, folder, answers, listener, source);
    }
    if (resolved.text() instanceof TextConfig.Generated text) {
      GeneratedSource source = new GeneratedSource(resolved, text);
      return new Experiment(resolved, folder, answers, listener, source);
    }
    return new Experiment(resolved, folder, answers, listener);
  }

  /** With what follows from the task written out: which set, which prompts. */
  public static ExperimentConfig resolved(ExperimentConfig config) {
    if (config.text() instanceof TextConfig.Labelled it) {
      return config.withText(
          new TextConfig.Labelled(
              it.labels(), it.set(config.task()).orElse(null), it.limit(), it.maxLength()));
    }
    if (config.text() instanceof TextConfig.Generated it) {
      return config.withText(
          new TextConfig.Generated(
              it.texts(),
              it.prompts(config.task()),
              it.maxLength(),
              it.temperature(),
              it.topP(),
              it.writer()));
    }
    return config;
  }
}
