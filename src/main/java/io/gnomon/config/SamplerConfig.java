package io.gnomon.config;

/** Where inputs come from: never from text (Section 3.2). */
public sealed interface SamplerConfig
    permits VectorSamplerConfig, TokenSamplerConfig, DerivedSamplerConfig {
  /** Sequence lengths drawn, in embedding vectors. */
  LengthConfig length();

  /**
   * The same sampler at other lengths. One that is made of others hands its own lengths down to
   * them, so that a resolved configuration shows what is drawn.
   */
  SamplerConfig withLength(LengthConfig other);

  /** Whether the teacher is asked to draw a batch, and not only to answer it. */
  default boolean asksTeacher() {
    return false;
  }

  /** Length of a batch, drawn uniformly from {@code min} to {@code max}, both included. */
  record LengthConfig(
      @Key(value = "shortest sequence", byDefault = "16", min = 1, max = 131_072) int min,
      @Key(value = "longest sequence", byDefault = "64", min = 1, max = 131_072) int max) {}
}
