package io.gnomon.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The small classifier h (Eq. 14). */
public sealed interface StudentConfig permits StudentConfig.Roberta, StudentConfig.Static {
  /** What {@link #longest} says where inputs of any length are read. */
  int ANY_LENGTH = 999_999_999;

  /** Most tokens of an input, as far as is written here; a checkpoint has its own positions. */
  int longest();

  /** What its kind makes of it: whoever adds a kind is led to every place where kinds differ. */
  <R> R match(Function<Roberta, R> roberta, Function<Static, R> fixed);

  /** Arithmetic of the products of a training step; weights, moments and loss stay float32. */
  enum Arithmetic {
    /** bfloat16 where the hardware multiplies it, else float32. */
    AUTO,
    FP32,
    BF16
  }

  /** A RoBERTa encoder: post-LN, learned positions, GELU, first-token pooling. */
  @Kind(value = "roberta", description = "a RoBERTa encoder on the teacher's embeddings")
  record Roberta(
      @Key(value = "width of the encoder", byDefault = "128", min = 1, max = 16_384) int hidden,
      @Key(value = "encoder layers", byDefault = "2", min = 1, max = 256) int layers,
      @Key(value = "attention heads; must divide hidden", byDefault = "4", min = 1, max = 256)
          int heads,
      @Key(value = "width of the feed-forward block", byDefault = "512", min = 1, max = 65_536)
          int feedForward,
      @Key(value = "longest input in tokens, the start vector included", byDefault = "514", min = 2)
          int maxPositions,
      @Key(value = "dropout rate", byDefault = "0", min = 0, max = 0.9) double dropout,
      @Key(
              value =
                  "arithmetic of training's products; weights, moments, loss and answers stay fp32",
              byDefault = "fp32")
          Arithmetic precision,
      @Key("Hugging Face RoBERTa or BERT folder to start from; random when absent")
          @Nullable String fromCheckpoint)
      implements StudentConfig {
    /** All positions but the start vector's. */
    @Override
    public int longest() {
      return maxPositions - 1;
    }

    @Override
    public <R> R match(Function<Roberta, R> roberta, Function<Static, R> fixed) {
      return roberta.apply(this);
    }
  }

  /** Features of each token, their mean and largest, one hidden layer: microseconds a text. */
  @Kind(
      value = "static",
      description = "mean and largest of features of the teacher's embeddings, one hidden layer")
  record Static(
      @Key(
              value = "features of a token; an export holds as many for each of its tokens",
              byDefault = "128",
              min = 1,
              max = 1024)
          int features,
      @Key(value = "width of the hidden layer", byDefault = "64", min = 1, max = 16_384) int hidden)
      implements StudentConfig {
    @Override
    public int longest() {
      return ANY_LENGTH;
    }

    @Override
    public <R> R match(Function<Roberta, R> roberta, Function<Static, R> fixed) {
      return fixed.apply(this);
    }
  }
}
