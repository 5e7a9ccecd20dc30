/**
 * GGUF files, the format of llama.cpp: read, dequantized, and imported as a Hugging Face folder, so
 * that a downloaded model becomes a teacher (DESIGN §6).
 *
 * <p>May import {@code importing}, {@code checkpoint} and {@code config}.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
@NullMarked
package io.gnomon.gguf;

import org.jspecify.annotations.NullMarked;
