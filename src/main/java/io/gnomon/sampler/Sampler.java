package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;

/**
 * Inputs drawn without text (Section 3.2): sequences of vectors in the teacher's embedding space.
 *
 * <p>Each batch is a pure function of (seed, index): it can be drawn again at any time, in any
 * order and by any thread, on any device. Random numbers come from the host, and what follows on
 * the device is gathering and elementwise arithmetic in a fixed order.
 */
public sealed interface Sampler
    permits Uniform, Gaussian, TokenSampler, Mixture, Sharpened, Balanced, Blend {
  /**
   * Batch {@code index}.
   *
   * @param manager owner of the result, whose device it lies on
   * @param index number of the batch, from 0
   * @param batch B, how many sequences
   * @return shape (B, T, d), float32; T is drawn per batch
   */
  NDArray sample(NDManager manager, long index, int batch);

  /** The token ids of {@link #sample}, (B, T), where its vectors are embeddings of tokens. */
  default Optional<long[][]> ids(long index, int batch) {
    return Optional.empty();
  }
}
