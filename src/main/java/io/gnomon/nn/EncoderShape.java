package io.gnomon.nn;

import io.gnomon.config.InputException;

/**
 * Sizes and constants of a RoBERTa/BERT encoder.
 *
 * @param hidden width D of a position
 * @param layers number of layers
 * @param heads attention heads; divides {@code hidden}
 * @param feedForward width F between the two products of a feed-forward block
 * @param epsilon added to the variance in LayerNorm
 * @param dropout rate in [0, 1) of attention weights and of both residual branches
 */
public record EncoderShape(
    int hidden, int layers, int heads, int feedForward, double epsilon, double dropout) {
  /**
   * @throws InputException when the heads do not divide the width
   */
  public EncoderShape {
    if (hidden % heads != 0) {
      throw new InputException(
          "student.heads: expected a divisor of hidden = %d, found %d; change one of the two"
              .formatted(hidden, heads));
    }
  }
}
