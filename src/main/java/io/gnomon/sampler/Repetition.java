package io.gnomon.sampler;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * A few tokens that a sequence keeps coming back to among others.
 *
 * @param topics most of them; each sequence draws 1 to this many
 * @param share largest share of positions that repeat; each sequence draws its own from 0 to this
 */
record Repetition(int topics, double share) {
  /**
   * Draws a sequence.
   *
   * @param topic draws a token that is repeated
   * @param rest draws one of the others
   */
  void fill(
      long[] row,
      SplittableRandom random,
      ToIntFunction<SplittableRandom> topic,
      ToIntFunction<SplittableRandom> rest) {
    int[] repeated = new int[1 + random.nextInt(topics)];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = topic.applyAsInt(random);
    }
    double own = share * random.nextDouble();
    for (int t = 0; t < row.length; t++) {
      boolean repeats = random.nextDouble() < own;
      row[t] = repeats ? repeated[random.nextInt(repeated.length)] : rest.applyAsInt(random);
    }
  }
}
