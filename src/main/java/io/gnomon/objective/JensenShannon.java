package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/**
 * The Jensen–Shannon divergence of unnormalised masses: ½ D(g‖m) + ½ D(c·h‖m) with m = (g + c·h)/2
 * and D the generalized KL, mean over the batch.
 *
 * <p>The mass terms of the two halves, − g + m and − c·h + m, cancel, so the sum is ½ Σ g log(g/m)
 * + ½ Σ c·h log(c·h/m). It is symmetric, zero exactly at g = c·h, and finite where either is zero.
 * Parts: {@code forward}, the half with g in front, and {@code reverse}, the half with c·h.
 * Condition: c &gt; 0.
 */
public final class JensenShannon implements Objective {
  private static final float LOG_2 = (float) Math.log(2);

  private final Component component;

  JensenShannon(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray target = component.of(g);
    NDArray logG = target.maximum(Component.constant(target, Float.MIN_NORMAL)).log();
    NDArray logScaled = component.logH(logits).add(c.log());
    // log m = log(e^a + e^b) − log 2 = a + softplus(b − a) − log 2: finite whatever underflows.
    NDArray doubled = logG.add(Activation.softPlus(logScaled.sub(logG)));
    NDArray logMiddle = doubled.sub(Component.constant(doubled, LOG_2));
    NDArray forward = half(Component.mean(target.mul(logG.sub(logMiddle))));
    NDArray reverse = half(Component.mean(logScaled.exp().mul(logScaled.sub(logMiddle))));
    return Loss.of("forward", forward).plus("reverse", reverse);
  }

  private static NDArray half(NDArray sum) {
    return sum.mul(Component.constant(sum, 0.5));
  }
}
