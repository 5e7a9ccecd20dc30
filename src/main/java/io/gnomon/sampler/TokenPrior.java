package io.gnomon.sampler;

import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig.Prior;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A distribution over the token ids that a sampler may draw.
 *
 * <p>The Zipf prior gives the token of rank r = 1, 2, … the weight 1/(r + q)^s: q = 0 is Zipf's own
 * law, a larger one Mandelbrot's form of it, whose q for words is 2.7. The rank is a token's place
 * in the order given: that in which the tokenizer's training merged them, most frequent pairs
 * first, so no text is needed to know what is common. The first merges are fragments that text
 * seldom shows alone; a larger q flattens them.
 */
public final class TokenPrior {
  private final int[] ids;
  private final double[] cumulative;

  private TokenPrior(int[] ids, double exponent, double offset) {
    if (ids.length == 0) {
      throw new InputException(
          "sampler: the tokenizer leaves no token to draw: all its ids are special or unused;"
              + " choose a sampler without tokens (uniform, gaussian)");
    }
    this.ids = ids;
    this.cumulative = new double[ids.length];
    double sum = 0;
    for (int rank = 0; rank < ids.length; rank++) {
      sum += Math.pow(rank + 1 + offset, -exponent);
      cumulative[rank] = sum;
    }
  }

  /** Every token alike. */
  static TokenPrior uniform(int[] tokens) {
    return new TokenPrior(tokens.clone(), 0, 0);
  }

  /** Zipf with exponent s and offset q. */
  static TokenPrior zipf(int[] tokensByRank, double exponent, double offset) {
    return new TokenPrior(tokensByRank.clone(), exponent, offset);
  }

  static TokenPrior of(Prior prior, int[] tokensByRank, double exponent, double offset) {
    return switch (prior) {
      case UNIFORM -> uniform(tokensByRank);
      case ZIPF -> zipf(tokensByRank, exponent, offset);
    };
  }

  /** One id. */
  int draw(SplittableRandom random) {
    double target = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, target);
    // cumulative[r − 1] ≤ target < cumulative[r]; a rounded-up product may reach the very end.
    int rank = found >= 0 ? found + 1 : -found - 1;
    return ids[Math.min(rank, ids.length - 1)];
  }
}
