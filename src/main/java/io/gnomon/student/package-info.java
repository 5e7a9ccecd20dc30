/**
 * h: embeddings → class logits (Eq. 14). A RoBERTa encoder, or a pool of features, on the teacher's
 * frozen embedding table.
 *
 * <p>May import {@code teacher} (the embedding table), {@code checkpoint}, {@code nn}, {@code
 * tensor} and {@code config}.
 */
@NullMarked
package io.gnomon.student;

import org.jspecify.annotations.NullMarked;
