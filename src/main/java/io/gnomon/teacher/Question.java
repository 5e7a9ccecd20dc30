package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;

/**
 * What stands behind an input, and how its answer is read: a single-label task has one question, a
 * multi-label one a question a label.
 *
 * @param verbalizer the label words
 * @param readout word logits → class probabilities
 * @param suffix (1, S, d); S may be 0
 * @param rows of the output matrix, (R, D), one a label word
 */
record Question(Verbalizer verbalizer, Readout readout, NDArray suffix, NDArray rows) {

  /** S. */
  int length() {
    return (int) suffix.getShape().get(1);
  }

  /** x ⧺ suffix: (B, T, d) → (B, T + S, d). */
  NDArray closed(NDArray x) {
    return length() == 0 ? x : x.concat(suffix.repeat(0, x.getShape().get(0)), 1);
  }

  /** The same with its answers divided by a prior; see {@link Readout#calibrated}. */
  Question calibrated(float[] logPrior) {
    return new Question(verbalizer, readout.calibrated(logPrior), suffix, rows);
  }
}
