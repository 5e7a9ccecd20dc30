/**
 * A teacher made from labelled prompts: tokenizer training, the language-model and class losses,
 * and a Hugging Face folder at the end; every weight trained, or low-rank additions to a model that
 * stays as it is (LoRA), kept apart and merged. It reads text, so it stands outside the data-free
 * packages.
 *
 * <p>May import {@code data}, {@code evaluation}, {@code teacher}, {@code optimizer} and below.
 */
@NullMarked
package io.gnomon.teach;

import org.jspecify.annotations.NullMarked;
