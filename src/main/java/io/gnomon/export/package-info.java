/**
 * A student out of the lab: one description of it as a graph, written as ONNX or TorchScript, and
 * released only if it answers as the student does (h of the paper, Eq. 14).
 *
 * <p>May import {@code serve} (which opens what is written here), {@code experiment}, {@code
 * evaluation}, {@code data} (both for the gate alone) and below.
 */
@NullMarked
package io.gnomon.export;

import org.jspecify.annotations.NullMarked;
