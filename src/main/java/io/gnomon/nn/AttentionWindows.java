package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.InputException;
import java.util.Arrays;

/**
 * The attention windows of one decoder, in the form that its layers take; what its positions do not
 * reach is refused.
 */
final class AttentionWindows {
  private final DecoderKernels kernels;
  private final RopeTables rope;
  private final int maxPositions;

  AttentionWindows(DecoderShape shape, DecoderKernels kernels) {
    this.kernels = kernels;
    this.rope = new RopeTables(shape.rope(), shape.headDimension());
    this.maxPositions = shape.maxPositions();
  }

  /** Causal attention of {@code x} (B, S, D) behind {@code past}. */
  AttentionWindow causal(NDArray x, KeyValueCache past, NDManager owner) {
    int length = length(x, past);
    return kernels.ready(AttentionWindow.causal(owner, rope, past.length(), length));
  }

  /** See {@link Decoder#last(NDArray, KeyValueCache, int[], int)}. */
  AttentionWindow padded(NDArray x, KeyValueCache past, int[] lengths, int suffix) {
    if (suffix < 1) {
      throw new IllegalArgumentException("suffix: expected at least 1, found " + suffix);
    }
    int width = length(x, past) - suffix;
    return kernels.ready(
        AttentionWindow.padded(x.getManager(), rope, past.length(), lengths, width, suffix));
  }

  /**
   * Of inputs (B, T, D), row i padded on the right behind {@code lengths[i]} vectors to T = {@code
   * width}.
   */
  AttentionWindow inputs(NDManager owner, KeyValueCache past, int[] lengths, int width) {
    boolean padded = Arrays.stream(lengths).anyMatch(length -> length != width);
    AttentionWindow window =
        padded
            ? AttentionWindow.padded(owner, rope, past.length(), lengths, width, 0)
            : AttentionWindow.causal(owner, rope, past.length(), width);
    return kernels.ready(window);
  }

  /** Of endings behind inputs; see {@link AttentionWindow#endings}. */
  AttentionWindow endings(NDManager owner, int prefix, int width, int[] lengths, int[] sizes) {
    return kernels.ready(AttentionWindow.endings(owner, rope, prefix, width, lengths, sizes));
  }

  /** Of one position behind {@code past} others. */
  AttentionWindow step(int past, NDManager owner) {
    return kernels.ready(AttentionWindow.causal(owner, rope, past, 1));
  }

  /** S of {@code x} (B, S, D); refuses more than there is room for behind {@code past}. */
  int length(NDArray x, KeyValueCache past) {
    int length = (int) x.getShape().get(1);
    requireRoom(past.length(), length);
    return length;
  }

  /** Refuses {@code length} vectors behind {@code past} where positions do not reach so far. */
  void requireRoom(int past, int length) {
    if (past + length > maxPositions) {
      throw new InputException(
          "input: expected at most "
              + (maxPositions - past)
              + " vectors behind the prefix (the teacher has "
              + maxPositions
              + " positions), found "
              + length
              + "; shorten the text or lower the length");
    }
  }
}
