package io.gnomon.config;

/** What is subtracted from the class scores so that a prior of the teacher does not decide. */
public sealed interface CalibrationConfig
    permits CalibrationConfig.None, CalibrationConfig.Contextual, CalibrationConfig.FromSampler {
  /** Scores as the teacher gives them. */
  @Kind(value = "none", description = "scores as the teacher gives them")
  record None() implements CalibrationConfig {}

  /** A content-free text: Zhao et al., ICML 2021, https://arxiv.org/abs/2102.09690, take it. */
  String CONTENT_FREE = "N/A";

  /** Samples that a prior is the mean of. */
  int SAMPLES = 512;

  /** Subtracts the log-probabilities on a content-free text. */
  @Kind(value = "contextual", description = "subtract the answer on a content-free text")
  record Contextual(@Key(value = "the content-free text", byDefault = CONTENT_FREE) String text)
      implements CalibrationConfig {}

  /** Subtracts the logarithm of the mean answer over the sampler's own inputs; needs no text. */
  @Kind(value = "sampler", description = "subtract the mean answer over the sampler's own inputs")
  record FromSampler(
      @Key(value = "samples averaged", byDefault = "" + SAMPLES, min = 1, max = 1_000_000)
          int samples)
      implements CalibrationConfig {}
}
