package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * The weights of one decoder layer, as the kernel takes them: queries, keys and values in one
 * matrix, gate and up in another, so that each is one product.
 *
 * @param norm1 (D)
 * @param qkv ((H + 2G) E, D)
 * @param qkvBias ((H + 2G) E), or empty
 * @param out (D, H E)
 * @param norm2 (D)
 * @param gateUp (2 F, D)
 * @param down (D, F)
 */
record DecoderLayer(
    NDArray norm1,
    NDArray qkv,
    NDArray qkvBias,
    NDArray out,
    NDArray norm2,
    NDArray gateUp,
    NDArray down) {

  /** All of them, in the order of the kernel's arguments. */
  List<NDArray> arrays() {
    return List.of(norm1, qkv, qkvBias, out, norm2, gateUp, down);
  }
}
