package io.gnomon.sampler;

import io.gnomon.config.InputException;
import io.gnomon.config.SamplerConfig.Prior;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A distribution over the token ids that a sampler may draw.
 *
 * <p>The Zipf prior gives the allowed id of rank r = 0, 1, … the weight 1/(r + 2.7)^s (Mandelbrot's
 * form and constant for words). The rank is the position among the allowed ids in ascending order:
 * byte-pair vocabularies, Llama's and GPT's alike, number their tokens in the order in which
 * training merged them, the most frequent pairs first, so no text is needed to know what is common.
 */
public final class TokenPrior {
  private static final double SHIFT = 2.7;

  private final int[] ids;
  private final double[] cumulative;

  private TokenPrior(int[] ids, double exponent) {
    if (ids.length == 0) {
      throw new InputException(
          "sampler: the tokenizer leaves no token to draw: all its ids are special or unused;"
              + " choose a sampler without tokens (uniform, gaussian)");
    }
    this.ids = ids;
    this.cumulative = new double[ids.length];
    double sum = 0;
    for (int rank = 0; rank < ids.length; rank++) {
      sum += Math.pow(rank + SHIFT, -exponent);
      cumulative[rank] = sum;
    }
  }

  /** Every allowed id alike. */
  static TokenPrior uniform(int[] allowedIds) {
    return new TokenPrior(sorted(allowedIds), 0);
  }

  /** Zipf with {@code exponent} s. */
  static TokenPrior zipf(int[] allowedIds, double exponent) {
    return new TokenPrior(sorted(allowedIds), exponent);
  }

  static TokenPrior of(Prior prior, int[] allowedIds, double exponent) {
    return switch (prior) {
      case UNIFORM -> uniform(allowedIds);
      case ZIPF -> zipf(allowedIds, exponent);
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

  private static int[] sorted(int[] ids) {
    int[] sorted = ids.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
