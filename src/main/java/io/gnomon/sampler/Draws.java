package io.gnomon.sampler;

import io.gnomon.config.SamplerConfig.LengthConfig;
import io.gnomon.tensor.Seeds;
import java.util.SplittableRandom;

/**
 * The random numbers of a sampler's batches: the length T first, then everything else.
 *
 * @param seed the run's seed
 * @param length T's range, both ends included
 * @param part where the sampler stands within others, as {@code .0.1}; empty for one that stands
 *     alone. All parts of a sampler draw the same T and content of their own
 */
record Draws(long seed, LengthConfig length, String part) {
  private static final String STREAM = "sampler";

  /** The draws of a sampler that stands alone. */
  Draws(long seed, LengthConfig length) {
    this(seed, length, "");
  }

  /** One batch: its length and the generator for its content. */
  record Batch(int length, SplittableRandom random) {}

  /** Fills one sequence of token ids. */
  @FunctionalInterface
  interface Row {
    void fill(long[] row, SplittableRandom random);
  }

  /** The draws of part {@code index}. */
  Draws part(int index) {
    return new Draws(seed, length, part + "." + index);
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
    SplittableRandom random = Seeds.random(seed, STREAM, index);
    int drawn = random.nextInt(length.min(), length.max() + 1);
    return new Batch(drawn, part.isEmpty() ? random : Seeds.random(seed, STREAM + part, index));
  }

  /** A generator for what is not the content: the choice of classes or parts. */
  SplittableRandom choice(long index) {
    return Seeds.random(seed, STREAM + part + " choice", index);
  }
}
