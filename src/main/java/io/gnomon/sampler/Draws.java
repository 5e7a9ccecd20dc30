package io.gnomon.sampler;

import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.tensor.Seeds;
import java.util.SplittableRandom;

/**
 * The random numbers of a sampler's batches: the length T first, then everything else.
 *
 * @param seed the run's seed
 * @param length T's range, both ends included
 */
record Draws(long seed, LengthConfig length) {
  /** One batch: its length and the generator for its content. */
  record Batch(int length, SplittableRandom random) {}

  /** Fills one sequence of token ids. */
  @FunctionalInterface
  interface Row {
    void fill(long[] row, SplittableRandom random);
  }

  /**
   * The token ids of batch {@code index}: {@code count} sequences of its length, filled in order.
   */
  long[][] ids(long index, int count, Row sequence) {
    Batch drawn = batch(index);
    long[][] ids = new long[count][drawn.length()];
    for (long[] row : ids) {
      sequence.fill(row, drawn.random());
    }
    return ids;
  }

  Batch batch(long index) {
    SplittableRandom random = Seeds.random(seed, "sampler", index);
    return new Batch(random.nextInt(length.min(), length.max() + 1), random);
  }
}
