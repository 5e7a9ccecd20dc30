package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Algorithm 1 of the paper to the letter: Σ_k g_k log(g_k / (c·h_k)), mean over the batch.
 *
 * <p>It has no minimum. Where g and h both sum to one it equals KL(g‖h) − log c, which falls
 * without end as c grows: c rises at every step, whatever the student does, and says nothing about
 * g. On one component it is Σ g log(g/h) − Σ g log c with no term that holds h down, so it is
 * minimised by h → 1 whatever the input. {@link GeneralizedKl} adds the mass terms that mend both.
 * It is kept because it is what the paper writes.
 *
 * <p>Parts: {@code divergence} Σ g log(g/h), {@code coefficient} −log c · Σ g. Condition: c &gt; 0.
 */
public final class Kl implements Objective {
  private final Component component;

  Kl(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    return terms(component.of(g), component.logH(logits), c);
  }

  /** The two parts on the columns that count, (B, K) or (B, 1) each. */
  static Loss terms(NDArray g, NDArray logH, NDArray c) {
    NDArray divergence = Component.mean(Component.gLogG(g).sub(g.mul(logH)));
    NDArray coefficient = Component.mean(g).mul(c.log()).neg();
    return Loss.of(divergence).plus("coefficient", coefficient);
  }

  @Override
  public Optional<String> warning() {
    String reason =
        component.isOneClass()
            ? "on one component it is minimised by h → 1 whatever the input, and it falls without"
                + " end as c grows"
            : "it equals KL(g‖h) − log c and falls without end as c grows";
    return Optional.of(
        "objective kl is Algorithm 1 to the letter: " + reason + "; generalized-kl mends this");
  }
}
