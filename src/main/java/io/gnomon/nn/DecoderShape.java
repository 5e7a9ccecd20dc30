package io.gnomon.nn;

import io.gnomon.config.InputException;

/**
 * The shape of a decoder in the family of Llama: what its {@code config.json} says.
 *
 * @param family {@code model_type} of the checkpoint
 * @param vocabulary V, rows of the embedding table
 * @param hidden D, the width
 * @param layers number of decoder layers
 * @param heads H, query heads
 * @param keyValueHeads G, key/value heads; divides H
 * @param headDimension E, width of one head; D/H unless the checkpoint says otherwise
 * @param feedForward width of the gated feed-forward block
 * @param maxPositions positions usable at full attention, a sliding window included
 * @param epsilon added to the mean square in the norms
 * @param tied whether the output matrix is the embedding table
 * @param bias whether queries, keys and values have biases (Qwen 2)
 * @param rope rotary position embedding
 */
public record DecoderShape(
    String family,
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    int keyValueHeads,
    int headDimension,
    int feedForward,
    int maxPositions,
    double epsilon,
    boolean tied,
    boolean bias,
    Rope rope) {

  public DecoderShape {
    if (heads % keyValueHeads != 0) {
      throw new InputException(
          "num_key_value_heads: expected a divisor of num_attention_heads = "
              + heads
              + ", found "
              + keyValueHeads
              + "; mend the shape");
    }
    if (headDimension % 2 != 0) {
      throw new InputException(
          "head_dim: expected an even number (rotary embedding), found "
              + headDimension
              + "; mend the shape");
    }
  }

  /** Numbers in the decoder's matrices, embedding table and output matrix included. */
  public long parameters() {
    long attention = (long) hidden * headDimension * (2L * heads + 2L * keyValueHeads);
    long block = attention + 3L * hidden * feedForward + 2L * hidden;
    long table = (long) vocabulary * hidden;
    return layers * block + table * (tied ? 1 : 2) + hidden;
  }
}
