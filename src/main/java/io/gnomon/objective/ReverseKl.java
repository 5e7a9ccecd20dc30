package io.gnomon.objective;

import ai.djl.ndarray.NDArray;

/**
 * {@link GeneralizedKl} with its arguments exchanged: Σ_k c·h_k log(c·h_k / g_k) − c·h_k + g_k,
 * mean over the batch. It seeks a mode of g where the forward divergence covers all of g.
 *
 * <p>Infinite where g = 0 &lt; h; g is therefore read as at least 1e-8 (less than a float32 can
 * hold beside one), which leaves it finite and steep there. Parts: {@code divergence} and {@code
 * mass} Σ (g − c·h). Condition: c &gt; 0.
 */
public final class ReverseKl implements Objective {
  private final Component component;

  ReverseKl(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray all = component.of(g);
    NDArray target = all.maximum(Component.constant(all, Component.SMALLEST));
    NDArray logScaled = component.logH(logits).add(c.log());
    NDArray scaled = logScaled.exp();
    NDArray divergence = Component.mean(scaled.mul(logScaled.sub(target.log())));
    return Loss.of(divergence).plus("mass", Component.mean(target.sub(scaled)));
  }
}
