package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Another objective on K labels that do not exclude each other: each is a function of two classes,
 * there or not, so that a batch of B inputs is one of B·K two-class answers, g = (p, 1 − p) and
 * logits (z, 0), whose softmax is (σ(z), 1 − σ(z)). All of the other's formulas hold on these rows;
 * its mean over the batch is one over inputs and labels.
 */
public final class PerLabel implements Objective {
  private final Objective objective;

  PerLabel(Objective objective) {
    this.objective = objective;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray there = g.reshape(-1, 1); // (B K, 1)
    NDArray score = logits.reshape(-1, 1);
    NDArray pairs = there.concat(there.neg().add(1), 1); // (B K, 2)
    return objective.loss(pairs, score.concat(score.zerosLike(), 1), c);
  }

  @Override
  public Optional<String> warning() {
    return objective.warning();
  }
}
