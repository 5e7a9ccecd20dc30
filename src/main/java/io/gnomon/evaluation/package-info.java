/**
 * Metrics on labelled text, of one class a text or of several labels, each with a bootstrap
 * interval, and the text probe that a trace may show beside the noise (the paper, Section 5).
 * Evaluation only: nothing here reaches a training step.
 *
 * <p>May import {@code data}, {@code projection} (its text probe), {@code trace} and below.
 */
@NullMarked
package io.gnomon.evaluation;

import org.jspecify.annotations.NullMarked;
