package io.gnomon.trace;

import java.util.Locale;

/**
 * What a row of the trace may hold besides its step and the parts of its loss. The constant's name
 * in lower case is its key in {@code trace.jsonl}. Unless said otherwise, over the probe set.
 *
 * <p>Of a multi-label task, norms, angles, spread and agreement are those of {@link
 * io.gnomon.geometry.AnswerSpace.EachLabel}, and a text is labelled rightly that has all of its
 * labels from one half on, and no other.
 */
public enum Measure {
  /** Mean objective over the training steps since the row before; absent at step 0. */
  LOSS,
  /** The coefficient c. */
  C,
  /** c* = ⟨g,h⟩/⟨h,h⟩ (Eq. 7). */
  C_STAR,
  /** ‖g‖ (Eq. 11). */
  NORM_G,
  /** ‖h‖. */
  NORM_H,
  /** α, radians (Eq. 15). */
  ALPHA,
  /** α_c, radians, from the learned c (Eq. 16); absent where c‖h‖ exceeds ‖g‖. */
  ALPHA_C,
  /** α_0, radians: the angle between g and the best constant. */
  ALPHA_FLOOR,
  /** Standard deviation of g over samples, root mean square over classes. */
  G_SPREAD,
  /** Share of samples, 0 … 1, where g and h put the same class first. */
  AGREEMENT_NOISE,
  /**
   * Share of samples, 0 … 1, that carry the teacher's most frequent class: what a constant reaches.
   */
  AGREEMENT_NOISE_FLOOR,
  /** α on labelled text, radians; evaluation only, as all that end in TEXT. */
  ALPHA_TEXT,
  /** α_0 on that text, radians. */
  ALPHA_TEXT_FLOOR,
  /** Share of texts, 0 … 1, where teacher and student put the same class first. */
  AGREEMENT_TEXT,
  /** The same floor on the texts. */
  AGREEMENT_TEXT_FLOOR,
  /** Share of texts, 0 … 1, that the student labels rightly. */
  ACCURACY_TEXT,
  /** Norm of the gradient before clipping. */
  GRADIENT_NORM,
  /** Learning rate of the step. */
  LEARNING_RATE,
  /** Training samples per second since the row before; the only measure of wall-clock time. */
  SAMPLES_PER_SECOND;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The key in {@code trace.jsonl}. */
  public String key() {
    return key;
  }
}
