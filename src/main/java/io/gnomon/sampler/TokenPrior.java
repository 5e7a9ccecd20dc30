package io.gnomon.sampler;

import io.gnomon.config.InputException;
import io.gnomon.config.TokenSamplerConfig.Prior;
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

  private TokenPrior(int[] ids, double[] weights) {
    requireTokens(ids);
    this.ids = ids.clone();
    this.cumulative = new double[weights.length];
    double sum = 0; // from the front: another order would round otherwise
    for (int rank = 0; rank < weights.length; rank++) {
      sum += weights[rank];
      cumulative[rank] = sum;
    }
  }

  private static void requireTokens(int[] ids) {
    if (ids.length == 0) {
      throw new InputException(
          "sampler: the tokenizer leaves no token to draw: all its ids are special or unused;"
              + " choose a sampler without tokens (uniform, gaussian)");
    }
  }

  /** Every token alike. */
  static TokenPrior uniform(int[] tokens) {
    return zipf(tokens, 0, 0);
  }

  /** Zipf with exponent s and offset q. */
  static TokenPrior zipf(int[] tokensByRank, double exponent, double offset) {
    return new TokenPrior(tokensByRank, zipfWeights(tokensByRank.length, exponent, offset));
  }

  private static double[] zipfWeights(int count, double exponent, double offset) {
    double[] weights = new double[count];
    Arrays.setAll(weights, rank -> Math.pow(rank + 1 + offset, -exponent));
    return weights;
  }

  /** Tokens by these weights, one each, not all 0. */
  static TokenPrior weighted(int[] tokens, double[] weights) {
    return new TokenPrior(tokens, weights);
  }

  static TokenPrior of(Prior prior, TeacherView view, double exponent, double offset) {
    return new TokenPrior(view.tokensByRank(), weights(prior, view, exponent, offset));
  }

  /** The weight of each of the view's tokens, in their order. */
  static double[] weights(Prior prior, TeacherView view, double exponent, double offset) {
    int[] tokens = view.tokensByRank();
    requireTokens(tokens);
    return switch (prior) {
      case UNIFORM -> zipfWeights(tokens.length, 0, 0);
      case ZIPF -> zipfWeights(tokens.length, exponent, offset);
      case MERGES -> {
        MergeCounts counts =
            new MergeCounts(view.table().size(), view.requireMerges(), exponent, offset);
        yield Arrays.stream(tokens).mapToDouble(counts::of).toArray();
      }
    };
  }

  /** One id. */
  int draw(SplittableRandom random) {
    return ids[find(cumulative, random)];
  }

  /**
   * A rank drawn with probability proportional to the steps of {@code cumulative}, weights summed
   * up.
   */
  static int find(double[] cumulative, SplittableRandom random) {
    double target = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, target);
    // cumulative[r − 1] ≤ target < cumulative[r]; a rounded-up product may reach the very end.
    int rank = found >= 0 ? found + 1 : -found - 1;
    return Math.min(rank, cumulative.length - 1);
  }
}
