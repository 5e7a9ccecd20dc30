package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbered training batches: inputs with what the student is to answer on them. Each is a pure
 * function of its number, so that a run goes on where another stopped. They may be drawn on a
 * thread of their own, one at a time.
 */
@FunctionalInterface
public interface Batches {
  /**
   * Batch {@code index}.
   *
   * @param owner where its arrays lie
   * @param index number of the batch, from 0
   */
  Batch draw(NDManager owner, long index);

  /**
   * What one step trains on. All may enter a loss.
   *
   * @param x inputs in the teacher's embedding space, (B, T, d)
   * @param mask 1 at vectors, 0 at padding, (B, T); null where nothing is padded
   * @param g class probabilities, (B, K) float32
   */
  record Batch(NDArray x, @Nullable NDArray mask, NDArray g) {
    /** B. */
    int rows() {
      return Math.toIntExact(g.getShape().get(0));
    }

    /** All that are there. */
    List<NDArray> arrays() {
      return mask == null ? List.of(x, g) : List.of(x, mask, g);
    }
  }
}
