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

  Batch batch(long index) {
    SplittableRandom random = Seeds.random(seed, "sampler", index);
    return new Batch(random.nextInt(length.min(), length.max() + 1), random);
  }
}
