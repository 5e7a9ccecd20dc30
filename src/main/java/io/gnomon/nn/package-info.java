/**
 * Blocks of a transformer on named parameters: the decoder of Llama and its kin, the encoder of
 * RoBERTa and BERT. Each forward names its shapes line by line.
 *
 * <p>May import {@code tensor}, {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.nn;

import org.jspecify.annotations.NullMarked;
