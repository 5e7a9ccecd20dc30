package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another objective with the paper's suggested reward −λc², which favours a large coefficient.
 * Parts: those of the other, and {@code reward}.
 *
 * <p>The sum is bounded below in c only where the other grows at least as fast: under {@code l2}
 * for λ &lt; ‖h‖², under all others never (their growth in c is at most c·log c).
 */
public final class Rewarded implements Objective {
  private final Objective objective;
  private final double lambda;

  Rewarded(Objective objective, double lambda) {
    this.objective = objective;
    this.lambda = lambda;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray square = c.square();
    NDArray reward = square.mul(Component.constant(square, -lambda));
    return objective.loss(g, logits, c).plus("reward", reward);
  }

  @Override
  public Optional<String> warning() {
    String reward =
        objective instanceof L2
            ? "reward −λc² with l2 has a minimum in c only while λ < ‖h‖²"
            : "reward −λc² outgrows this objective: the loss falls without end for large c";
    return Optional.of(
        Stream.concat(objective.warning().stream(), Stream.of(reward))
            .collect(Collectors.joining("; ")));
  }
}
