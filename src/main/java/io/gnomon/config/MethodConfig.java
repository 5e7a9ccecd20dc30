package io.gnomon.config;

import java.util.List;

/** Which weights teaching moves. */
public sealed interface MethodConfig permits MethodConfig.Full, MethodConfig.Lora {
  /** All of them. */
  @Kind(value = "full", description = "every weight is trained")
  record Full() implements MethodConfig {}

  /** Low-rank additions to matrices that stay as they are (Hu et al. 2021). */
  @Kind(value = "lora", description = "the weights stay, low-rank additions to them are trained")
  record Lora(
      @Key(value = "rank r of an addition B·A", byDefault = "16", min = 1) int rank,
      @Key(
              value = "alpha: an addition is scaled by alpha / r",
              byDefault = "32",
              min = 0,
              aboveMin = true)
          double alpha,
      @Key(
              value =
                  "share of an addition's inputs that a step leaves out, for all its texts alike",
              byDefault = "0",
              min = 0,
              max = 0.9)
          double dropout,
      @Key(
              value = "matrices of each layer that get an addition, as Hugging Face names them",
              byDefault = "[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]")
          List<String> targets,
      @Key(value = "what becomes of the embedding table", byDefault = "frozen")
          Embeddings embeddings)
      implements MethodConfig {

    /** The matrices of a layer. */
    public static final List<String> MATRICES =
        List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** What becomes of the embedding table. */
    public enum Embeddings {
      /** It stays. */
      FROZEN,
      /** It gets an addition of the same rank, and the output matrix with it where they are one. */
      LOW_RANK,
      /** It is trained as a whole, and kept as a whole beside the additions. */
      TRAINED
    }

    /** alpha / r. */
    public double scale() {
      return alpha / rank;
    }
  }
}
