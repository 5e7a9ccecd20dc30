/**
 * Models of other formats as Hugging Face folders: where the tensors come from is the business of
 * {@code gguf} and {@code tensorflow}; here they are spread over files, written, and gone on with
 * where an import was broken off.
 *
 * <p>May import {@code checkpoint} and {@code config}.
 */
@NullMarked
package io.gnomon.importing;

import org.jspecify.annotations.NullMarked;
