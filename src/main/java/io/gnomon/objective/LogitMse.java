package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Logit matching (Ba and Caruana 2014): the squared difference of centred log-probabilities, Σ_k
 * (ĝ_k − ĥ_k)² with ĝ = log g − mean_k log g, mean over the batch.
 *
 * <p>Centring runs over all K classes, before one component is taken, and makes the loss blind to
 * any factor: c·h and h have the same centred logarithm, so c receives a gradient of exactly zero
 * and stays where it starts. g is read as at least 1e-8, as its logarithm must be finite. One part,
 * {@code divergence}.
 */
public final class LogitMse implements Objective {
  private final Component component;

  LogitMse(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray target = centred(g.maximum(Component.constant(g, Component.SMALLEST)).log());
    NDArray student = centred(logits.logSoftmax(-1));
    NDArray difference = component.of(student).sub(component.of(target));
    // c times zero keeps c in the graph, so that its gradient is a zero and not missing.
    return Loss.of(Component.mean(difference.square()).add(c.mul(Component.constant(c, 0))));
  }

  private static NDArray centred(NDArray logProbabilities) {
    return logProbabilities.sub(logProbabilities.mean(new int[] {1}, true));
  }

  @Override
  public Optional<String> warning() {
    return Optional.of(
        "objective mse compares centred log-probabilities, which hold no factor: c is not learned");
  }
}
