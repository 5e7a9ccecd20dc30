package io.gnomon.config;

/** Inputs that are drawn coordinate by coordinate: no vector need be a token's. */
public sealed interface VectorSamplerConfig extends SamplerConfig
    permits VectorSamplerConfig.Uniform, VectorSamplerConfig.Gaussian {
  /** Every coordinate uniform on [low, high]; the paper has [0, 1]. */
  @Kind(
      value = "uniform",
      description = "every coordinate uniform on [low, high]; the paper's noise")
  record Uniform(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "smallest coordinate", byDefault = "0") double low,
      @Key(value = "largest coordinate", byDefault = "1") double high)
      implements VectorSamplerConfig {
    @Override
    public Uniform withLength(LengthConfig other) {
      return new Uniform(other, low, high);
    }
  }

  /** Normal vectors with the embedding table's own moments. */
  @Kind(value = "gaussian", description = "normal, matched to the embedding table")
  record Gaussian(
      @Key(value = "sequence lengths", byDefault = "{}") LengthConfig length,
      @Key(value = "moments matched", byDefault = "diagonal") Covariance covariance)
      implements VectorSamplerConfig {
    /** Which second moments are matched. */
    public enum Covariance {
      /** Mean and standard deviation per coordinate. */
      DIAGONAL,
      /** Mean and the full covariance matrix. */
      FULL
    }

    @Override
    public Gaussian withLength(LengthConfig other) {
      return new Gaussian(other, covariance);
    }
  }
}
