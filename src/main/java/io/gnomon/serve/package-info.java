/**
 * An exported student at work (h of the paper, Eq. 14, out of the lab): texts in, labels out.
 * {@link io.gnomon.serve.Tagger} is the library's face.
 *
 * <p>Needs ONNX Runtime, the tokenizers and JSON, neither libtorch nor DJL's engine. May import
 * {@code config} (its exception).
 */
@NullMarked
package io.gnomon.serve;

import org.jspecify.annotations.NullMarked;
