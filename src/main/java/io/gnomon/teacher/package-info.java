/**
 * g: embeddings → class probabilities (Eq. 9, 13). A frozen causal language model held at one
 * prompt and read through a verbalizer; of a multi-label task, at one suffix a label.
 *
 * <p>May import {@code checkpoint}, {@code nn}, {@code tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.teacher;

import org.jspecify.annotations.NullMarked;
