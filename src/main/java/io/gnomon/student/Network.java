package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Precision;
import org.jspecify.annotations.Nullable;

/** What stands between a student's inputs and its logits. */
sealed interface Network permits RobertaNetwork, StaticNetwork {
  /** (B, T, d), and (B, T) or null → (B, K), as {@link Student#logits} has it. */
  NDArray logits(NDArray x, @Nullable NDArray mask, boolean training);

  /** The network of {@code shape} on {@code parameters}. */
  static Network of(Parameters parameters, StudentShape shape, Precision steps) {
    return shape.match(
        it -> new RobertaNetwork(parameters, it, steps), it -> new StaticNetwork(parameters));
  }
}
