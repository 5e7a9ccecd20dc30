/**
 * Inputs drawn without text (Section 3.2): sequences of vectors in the teacher's embedding space,
 * each batch a pure function of seed and index.
 *
 * <p>May import {@code teacher} (the embedding table), {@code tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.sampler;

import org.jspecify.annotations.NullMarked;
