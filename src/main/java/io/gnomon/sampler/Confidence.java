package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import io.gnomon.teacher.EmbeddingTable;

/**
 * How sure the teacher is of each class, and which way an input has to move for it to be surer. The
 * samplers that listen to the teacher do so through this, and so need no language model to be
 * tested.
 */
public interface Confidence {
  /**
   * g on a batch.
   *
   * @param x (B, T, d)
   * @return (B, K) float32, in x's manager
   */
  NDArray probabilities(NDArray x);

  /**
   * ∂/∂x Σ_i Σ_k w_ik log g_k(x_i).
   *
   * @param x (B, T, d)
   * @param weights w, B rows of K
   * @return (B, T, d) float32, in x's manager
   */
  NDArray gradient(NDArray x, float[] weights);

  /**
   * g on each token by itself, repeated: what it is a sign of, to this teacher. One that is asked
   * by several samplers may remember it.
   *
   * @param tokens their ids
   * @param copies times that each stands in its sequence
   * @return g of each token, in their order
   */
  default float[][] ofTokens(EmbeddingTable table, int[] tokens, int copies) {
    return TokenProbe.answers(this, table, tokens, copies);
  }
}
