package io.gnomon.sampler;

import io.gnomon.config.DerivedSamplerConfig;
import io.gnomon.config.SamplerConfig;
import io.gnomon.config.TokenSamplerConfig;
import io.gnomon.config.VectorSamplerConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.util.ArrayList;
import java.util.List;

/** Samplers from their configuration. */
public final class Samplers {
  private Samplers() {}

  /**
   * The sampler of {@code config}, one that needs no task.
   *
   * @param table the teacher's embeddings, (V, d)
   * @param tokensByRank token ids that may be drawn, neither special nor unused, in merge order
   *     (see {@link TokenPrior}). Samplers without tokens ignore it
   * @param seed the run's seed
   * @throws io.gnomon.config.InputException when the sampler needs tokens and none is allowed, or
   *     needs a task
   */
  public static Sampler of(
      SamplerConfig config, EmbeddingTable table, int[] tokensByRank, long seed) {
    return of(config, TeacherView.ofSpace(table, tokensByRank), seed);
  }

  /**
   * The sampler of {@code config}.
   *
   * @param view what it may know of the teacher
   * @param seed the run's seed
   * @throws io.gnomon.config.InputException when the sampler needs tokens and none is allowed, or
   *     needs a task and the view has none
   */
  public static Sampler of(SamplerConfig config, TeacherView view, long seed) {
    return of(config, view, new Draws(seed, config.length()));
  }

  static Sampler of(SamplerConfig config, TeacherView view, Draws draws) {
    if (config instanceof TokenSamplerConfig.Labelled labelled) {
      view.requireTask("labelled");
      return new Labelled(draws, view, labelled);
    } else if (config instanceof TokenSamplerConfig.Salient salient) {
      view.requireTask("salient");
      return new Salient(draws, view, salient);
    } else if (config instanceof TokenSamplerConfig.Discourse discourse) {
      return new Discourse(draws, view, discourse);
    } else if (config instanceof DerivedSamplerConfig.Sharpened sharpened) {
      view.requireTask("sharpened");
      return new Sharpened(draws, of(sharpened.of(), view, draws.part(0)), view, sharpened);
    } else if (config instanceof DerivedSamplerConfig.Balanced balanced) {
      view.requireTask("balanced");
      return new Balanced(draws, of(balanced.of(), view, draws.part(0)), view, balanced);
    } else if (config instanceof DerivedSamplerConfig.Blend blend) {
      return blend(blend, view, draws);
    }
    return ofSpace(config, draws, view);
  }

  private static Sampler blend(DerivedSamplerConfig.Blend config, TeacherView view, Draws draws) {
    List<Sampler> parts = new ArrayList<>();
    for (DerivedSamplerConfig.Blend.Part part : config.parts()) {
      parts.add(of(part.sampler(), view, draws.part(parts.size())));
    }
    double[] weights =
        config.parts().stream().mapToDouble(DerivedSamplerConfig.Blend.Part::weight).toArray();
    return new Blend(draws, parts, weights);
  }

  /** The samplers that know nothing but the embedding space. */
  private static Sampler ofSpace(SamplerConfig config, Draws draws, TeacherView view) {
    EmbeddingTable table = view.table();
    if (config instanceof VectorSamplerConfig.Uniform uniform) {
      return new Uniform(draws, table.dimension(), uniform.low(), uniform.high());
    } else if (config instanceof VectorSamplerConfig.Gaussian gaussian) {
      return switch (gaussian.covariance()) {
        case DIAGONAL -> Gaussian.diagonal(draws, table);
        case FULL -> Gaussian.full(draws, table);
      };
    } else if (config instanceof TokenSamplerConfig.Tokens tokens) {
      TokenPrior prior = TokenPrior.of(tokens.prior(), view, tokens.exponent(), tokens.offset());
      return new Tokens(draws, table, prior);
    } else if (config instanceof TokenSamplerConfig.Mixture mixture) {
      return mixture(mixture, draws, view);
    } else if (config instanceof TokenSamplerConfig.Bursty bursty) {
      return bursty(bursty, draws, table, view.tokensByRank());
    }
    throw new IllegalStateException("no sampler for " + config.getClass());
  }

  private static Sampler mixture(TokenSamplerConfig.Mixture config, Draws draws, TeacherView view) {
    TokenPrior prior = TokenPrior.of(config.prior(), view, config.exponent(), config.offset());
    Dirichlet dirichlet = new Dirichlet(config.concentration());
    return new Mixture(draws, view.table(), config.components(), dirichlet, prior);
  }

  private static Sampler bursty(
      TokenSamplerConfig.Bursty config, Draws draws, EmbeddingTable table, int[] tokensByRank) {
    TokenPrior topics = TokenPrior.uniform(tokensByRank);
    TokenPrior rest = TokenPrior.zipf(tokensByRank, config.exponent(), config.offset());
    Repetition repetition = new Repetition(config.topics(), config.share());
    return new Bursty(draws, table, repetition, topics, rest);
  }
}
