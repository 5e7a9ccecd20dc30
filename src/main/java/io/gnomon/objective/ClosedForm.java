package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * Another objective with c eliminated: on each batch it is c* = ⟨g,h⟩/⟨h,h⟩ (Eq. 7), a function of
 * the student that is differentiated with the rest. Under {@code l2} the loss is then ‖g‖² sin² α,
 * the distance that the projection is about; parts as the other's.
 */
public final class ClosedForm implements Objective {
  private final Objective objective;
  private final Component component;

  ClosedForm(Objective objective, Component component) {
    this.objective = objective;
    this.component = component;
  }

  /** The loss; {@code c} is not looked at. */
  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray h = component.logH(logits).exp(); // (B, K), or (B, 1)
    NDArray product = component.of(g).mul(h).sum(); // B ⟨g,h⟩
    return objective.loss(g, logits, product.div(h.square().sum()));
  }

  @Override
  public Optional<String> warning() {
    return objective.warning();
  }
}
