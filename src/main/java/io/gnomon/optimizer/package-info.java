/**
 * AdamW with its state in the open, learning-rate schedules, gradient clipping and the guard
 * against non-finite steps.
 *
 * <p>May import {@code nn}, {@code tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.optimizer;

import org.jspecify.annotations.NullMarked;
