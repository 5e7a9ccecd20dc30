package io.gnomon.objective;

import ai.djl.ndarray.NDArray;

/**
 * The Hilbert projection itself (Eq. 5): ‖g − c·h‖² = Σ_k (g_k − c·h_k)², mean over the batch. For
 * given h minimal at c* = ⟨g,h⟩/⟨h,h⟩ (Eq. 7), where it equals ‖g‖² sin² α. One part, {@code
 * divergence}. Any c.
 */
public final class L2 implements Objective {
  private final Component component;

  L2(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray scaled = component.logH(logits).exp().mul(c);
    return Loss.of(Component.mean(scaled.sub(component.of(g)).square()));
  }
}
