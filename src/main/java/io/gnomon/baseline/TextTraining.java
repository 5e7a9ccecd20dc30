package io.gnomon.baseline;

import io.gnomon.checkpoint.Sha256;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.TeacherSide;
import io.gnomon.experiment.TrainingSource.Training;
import io.gnomon.tensor.Seeds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the sources of text have in common. */
final class TextTraining {
  /** Reading text and putting it into tokens. */
  static final String PREPARATION = "preparation_seconds";

  /** The teacher's answers to the text. */
  static final String LABELLING = "labelling_seconds";

  /** Writing the text. */
  static final String GENERATION = "generation_seconds";

  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  private TextTraining() {}

  /**
   * A run on {@code texts}.
   *
   * @param targets what they are to be answered with, (N, K)
   * @param facts which text it is
   * @param costs seconds so far
   */
  static Training of(
      ExperimentConfig config,
      TeacherSide side,
      TokenizedSet texts,
      double[][] targets,
      Map<String, Object> facts,
      Map<String, Double> costs) {
    TextBatches batches =
        new TextBatches(
            texts.ids(),
            targets,
            side.space().embeddings(),
            config.training().batchSize(),
            Seeds.derive(config.seed(), "text", 0));
    return new Training(batches, Map.of("text", facts), costs);
  }

  /** SHA-256 over lines, which names a text whatever file it came in. */
  static String sha256(List<String> lines) {
    return Sha256.ofText(String.join("\n", lines) + "\n");
  }

  /** Seconds since {@code start}, of {@link System#nanoTime()}. */
  static double since(long start) {
    return (System.nanoTime() - start) / SECOND;
  }
}
