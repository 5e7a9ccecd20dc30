package io.gnomon.experiment;

import io.gnomon.projection.Batches;
import io.gnomon.projection.ProjectionListener;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run's training batches come from. A projection's is {@link NoiseSource}, which every run
 * has whose configuration names no text; a higher package gives others.
 */
public interface TrainingSource {
  /**
   * Reads what it trains on, before anything is loaded, so that what is missing is told at once.
   *
   * @throws io.gnomon.config.InputException when it cannot be had
   */
  void read();

  /**
   * Makes everything ready for the first step.
   *
   * @return empty when the listener said stop; what was done is kept, and not done again
   * @throws io.gnomon.config.InputException when text, teacher or folder cannot be used
   */
  Optional<Training> open(Setting setting);

  /**
   * What a source has to work with.
   *
   * @param side embeddings, teacher and its answers to texts
   * @param kept folder for what is computed once and read again
   * @param listener hears a line, and is asked whether to stop
   */
  record Setting(TeacherSide side, Path kept, ProjectionListener listener) {}

  /**
   * What a run trains on.
   *
   * @param batches numbered from 0
   * @param provenance facts for provenance.json
   * @param costs seconds spent before training, by their key in metrics.json; of what was read from
   *     an earlier run, the seconds that it took there
   */
  record Training(Batches batches, Map<String, Object> provenance, Map<String, Double> costs) {}
}
