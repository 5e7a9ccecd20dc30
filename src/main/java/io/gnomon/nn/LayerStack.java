package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * All layers of a decoder, one after another, behind keys and values that are there already. Of the
 * last layer no more is computed than is read.
 *
 * @param layers first to last
 */
record LayerStack(DecoderKernels kernels, List<DecoderLayer> layers) {
  int size() {
    return layers.size();
  }

  /** The last layer's output at every position: (B, S, D) → (B, S, D). */
  NDArray all(NDArray x, AttentionWindow window, KeyValueCache past, NDManager scope) {
    return run(x, window, past, size(), scope);
  }

  /** The last layer's output at the last position: (B, S, D) → (B, 1, D). */
  NDArray last(NDArray x, AttentionWindow window, KeyValueCache past, NDManager scope) {
    int top = size() - 1;
    NDArray state = run(x, window, past, top, scope);
    return kernels.lastLayer(state, window, past, top, layers.get(top));
  }

  /**
   * The last layer's output at some positions.
   *
   * @param x (B, S, D)
   * @param past (1|B, G, P, E) a layer
   * @param ends (Q) positions in x, int64
   * @return (B, Q, D)
   */
  NDArray ends(
      NDArray x, AttentionWindow window, KeyValueCache past, NDArray ends, NDManager scope) {
    int top = size() - 1;
    NDArray state = run(x, window, past, top, scope);
    return kernels.endsLayer(state, window, past, top, layers.get(top), ends);
  }

  /**
   * All layers on one position a row.
   *
   * @param x (B, 1, D)
   * @param keys a layer each, (B, G, P + 1, E); the last place is filled
   * @param values likewise
   * @return (B, 1, D) in {@code scope}
   */
  NDArray step(
      NDArray x,
      AttentionWindow window,
      List<NDArray> keys,
      List<NDArray> values,
      NDManager scope) {
    NDArray state = x;
    for (int i = 0; i < size(); i++) {
      state = kernels.step(state, window, keys.get(i), values.get(i), layers.get(i));
      state.attach(scope);
    }
    return state;
  }

  /** Output, keys and values of layer {@code index}. */
  NDList layer(NDArray x, AttentionWindow window, KeyValueCache past, int index) {
    return kernels.layer(x, window, past, index, layers.get(index));
  }

  /** As {@link #layer}; keys and values alone of the last one, whose output nobody reads. */
  NDList keysAndValues(NDArray x, AttentionWindow window, KeyValueCache past, int index) {
    return index < size() - 1
        ? layer(x, window, past, index)
        : kernels.keysLayer(x, window, layers.get(index));
  }

  private NDArray run(
      NDArray x, AttentionWindow window, KeyValueCache past, int count, NDManager scope) {
    NDArray state = x;
    for (int i = 0; i < count; i++) {
      NDList out = layer(state, window, past, i);
      out.attach(scope);
      if (!kernels.training() && state != x) {
        state.close();
      }
      state = out.get(0);
      if (!kernels.training()) {
        out.get(1).close();
        out.get(2).close();
      }
    }
    return state;
  }
}
