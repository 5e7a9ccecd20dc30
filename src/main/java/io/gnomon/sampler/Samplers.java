package io.gnomon.sampler;

import io.gnomon.config.SamplerConfig;
import io.gnomon.teacher.EmbeddingTable;

/** Samplers from their configuration. */
public final class Samplers {
  private Samplers() {}

  /**
   * The sampler of {@code config}.
   *
   * @param table the teacher's embeddings, (V, d)
   * @param tokensByRank token ids that may be drawn, neither special nor unused, in merge order
   *     (see {@link TokenPrior}). Samplers without tokens ignore it
   * @param seed the run's seed
   * @throws io.gnomon.config.InputException when the sampler needs tokens and none is allowed
   */
  public static Sampler of(
      SamplerConfig config, EmbeddingTable table, int[] tokensByRank, long seed) {
    Draws draws = new Draws(seed, config.length());
    if (config instanceof SamplerConfig.Uniform uniform) {
      return new Uniform(draws, table.dimension(), uniform.low(), uniform.high());
    } else if (config instanceof SamplerConfig.Gaussian gaussian) {
      return switch (gaussian.covariance()) {
        case DIAGONAL -> Gaussian.diagonal(draws, table);
        case FULL -> Gaussian.full(draws, table);
      };
    } else if (config instanceof SamplerConfig.Tokens tokens) {
      TokenPrior prior =
          TokenPrior.of(tokens.prior(), tokensByRank, tokens.exponent(), tokens.offset());
      return new Tokens(draws, table, prior);
    } else if (config instanceof SamplerConfig.Mixture mixture) {
      return mixture(mixture, draws, table, tokensByRank);
    } else if (config instanceof SamplerConfig.Bursty bursty) {
      return bursty(bursty, draws, table, tokensByRank);
    }
    throw new IllegalStateException("no sampler for " + config.getClass());
  }

  private static Sampler mixture(
      SamplerConfig.Mixture config, Draws draws, EmbeddingTable table, int[] tokensByRank) {
    TokenPrior prior =
        TokenPrior.of(config.prior(), tokensByRank, config.exponent(), config.offset());
    Dirichlet dirichlet = new Dirichlet(config.concentration());
    return new Mixture(draws, table, config.components(), dirichlet, prior);
  }

  private static Sampler bursty(
      SamplerConfig.Bursty config, Draws draws, EmbeddingTable table, int[] tokensByRank) {
    TokenPrior topics = TokenPrior.uniform(tokensByRank);
    TokenPrior rest = TokenPrior.zipf(tokensByRank, config.exponent(), config.offset());
    return new Bursty(draws, table, config.topics(), config.share(), topics, rest);
  }
}
