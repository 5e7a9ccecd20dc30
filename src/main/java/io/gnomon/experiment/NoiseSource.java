package io.gnomon.experiment;

import io.gnomon.config.ExperimentConfig;
import io.gnomon.projection.SampledBatches;
import java.util.Map;
import java.util.Optional;

/** Algorithm 1's own: the sampler's inputs under the teacher's answers. No text. */
record NoiseSource(ExperimentConfig config) implements TrainingSource {
  /** There is nothing to read. */
  @Override
  public void read() {}

  @Override
  public Optional<Training> open(Setting setting) {
    TeacherSide side = setting.side();
    int size = config.training().batchSize();
    SampledBatches batches = new SampledBatches(side.sampler("training"), side.training(), size);
    return Optional.of(new Training(batches, Map.of(), Map.of()));
  }
}
