package io.gnomon.config;

/** Where inputs come from: never from text (Section 3.2). */
public sealed interface SamplerConfig {
  /** Sequence lengths drawn, in embedding vectors. */
  LengthConfig length();

  /** Length of a batch, drawn uniformly from {@code min} to {@code max}, both included. */
  record LengthConfig(
      @Key(value = "shortest sequence", byDefault = "16", min = 1, max = 131_072) int min,
      @Key(value = "longest sequence", byDefault = "64", min = 1, max = 131_072) int max) {}

  /** The prior over token ids. */
  enum Prior {
    /** Every id alike. */
    UNIFORM,
    /** Weight 1/(rank + offset)^exponent, the rank taken from the tokenizer's merge order. */
    ZIPF
  }

  /** Every coordinate uniform on [low, high]; the paper has [0, 1]. */
  @Kind(
      value = "uniform",
      description = "every coordinate uniform on [low, high]; the paper's noise")
  record Uniform(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "smallest coordinate", byDefault = "0") double low,
      @Key(value = "largest coordinate", byDefault = "1") double high)
      implements SamplerConfig {}

  /** Normal vectors with the embedding table's own moments. */
  @Kind(value = "gaussian", description = "normal, matched to the embedding table")
  record Gaussian(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "moments matched", byDefault = "diagonal") Covariance covariance)
      implements SamplerConfig {
    /** Which second moments are matched. */
    public enum Covariance {
      /** Mean and standard deviation per coordinate. */
      DIAGONAL,
      /** Mean and the full covariance matrix. */
      FULL
    }
  }

  /** Embeddings of random token ids. */
  @Kind(value = "tokens", description = "embeddings of random token ids")
  record Tokens(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "prior over ids", byDefault = "uniform") Prior prior,
      @Key(value = "exponent of the Zipf prior", byDefault = "1", min = 0, max = 4) double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "2.7",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {}

  /** Convex combinations of token embeddings. */
  @Kind(value = "mixture", description = "convex combinations of token embeddings")
  record Mixture(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "tokens combined in one vector", byDefault = "3", min = 1, max = 64)
          int components,
      @Key(
              value = "Dirichlet concentration of the weights; small means near one token",
              byDefault = "0.5",
              min = 0.001,
              max = 100)
          double concentration,
      @Key(value = "prior over ids", byDefault = "zipf") Prior prior,
      @Key(value = "exponent of the Zipf prior", byDefault = "1", min = 0, max = 4) double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "2.7",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {}

  /** A few tokens drawn once per sequence and repeated among Zipf tokens. */
  @Kind(value = "bursty", description = "a few tokens per sequence, repeated among Zipf tokens")
  record Bursty(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(
              value = "most tokens a sequence repeats; each draws 1 to this many",
              byDefault = "4",
              min = 1,
              max = 64)
          int topics,
      @Key(
              value =
                  "largest share of positions that repeat; each sequence draws its own from 0 to this",
              byDefault = "0.8",
              min = 0,
              max = 1)
          double share,
      @Key(value = "exponent of the Zipf prior of the rest", byDefault = "1", min = 0, max = 4)
          double exponent,
      @Key(
              value = "added to the rank in the Zipf prior; large flattens its head",
              byDefault = "300",
              min = 0,
              max = 1_000_000)
          double offset)
      implements SamplerConfig {}
}
