package io.gnomon.objective;

import ai.djl.ndarray.NDArray;

/**
 * The generalized Kullback–Leibler divergence (I-divergence; Csiszár 1975) of unnormalised masses:
 * Σ_k g_k log(g_k / (c·h_k)) − g_k + c·h_k, mean over the batch.
 *
 * <p>It is never negative, zero exactly at g = c·h, and for given h minimal in c at c = Σg / Σh
 * (sums over batch and columns), where its derivative −Σg/c + Σh vanishes. On the simplex that is c
 * = 1: both sum to one. Parts: {@code divergence} and {@code coefficient} as {@link Kl}, and {@code
 * mass} Σ (c·h − g). Condition: c &gt; 0.
 */
public final class GeneralizedKl implements Objective {
  private final Component component;

  GeneralizedKl(Component component) {
    this.component = component;
  }

  @Override
  public Loss loss(NDArray g, NDArray logits, NDArray c) {
    NDArray target = component.of(g);
    NDArray logH = component.logH(logits);
    NDArray mass = Component.mean(logH.exp().mul(c).sub(target));
    return Kl.terms(target, logH, c).plus("mass", mass);
  }
}
