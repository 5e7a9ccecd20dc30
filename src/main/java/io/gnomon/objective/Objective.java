package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * A divergence between g and c·h, averaged over the batch, differentiable in the student's logits
 * and in c.
 *
 * <p>All are computed from log-softmax, so that no h, however small, meets a logarithm of zero; g
 * is a constant and may hold zeros. c must be positive. Nothing here keeps it so: those divergences
 * that take log c push it away from zero ever harder (their derivative in c is −Σg/c there), and a
 * step that jumps past zero all the same gives NaN, which the optimizer's guard reports. {@code l2}
 * takes any c.
 *
 * <p>The results, and what was made on the way, belong partly to the manager of c: call inside an
 * {@code NDScope}.
 */
public sealed interface Objective
    permits Kl,
        GeneralizedKl,
        L2,
        ReverseKl,
        JensenShannon,
        LogitMse,
        Rewarded,
        ClosedForm,
        PerLabel {
  /**
   * The loss of one batch.
   *
   * @param g teacher's class probabilities, (B, K), float32, without gradient
   * @param logits student's class logits, (B, K), float32
   * @param c the coefficient, a scalar, positive
   * @return scalars
   */
  Loss loss(NDArray g, NDArray logits, NDArray c);

  /** One line to show at the start of a run, where this choice has a trap. */
  default Optional<String> warning() {
    return Optional.empty();
  }
}
