package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills a key-value cache: sequences run once for their keys and values alone.
 *
 * @param shape of the decoder
 * @param stack its layers
 * @param windows its attention windows
 */
record Prefill(DecoderShape shape, LayerStack stack, AttentionWindows windows) {
  /**
   * Keys and values of one sequence.
   *
   * @param x (1, P, D); P may be 0
   * @param owner of the cache
   */
  KeyValueCache of(NDArray x, NDManager owner) {
    return x.getShape().get(1) == 0 ? empty(owner) : filled(x, owner);
  }

  private KeyValueCache empty(NDManager owner) {
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    Shape none = new Shape(1, shape.keyValueHeads(), 0, shape.headDimension());
    try (NDArray empty = owner.create(none, DataType.FLOAT32)) {
      for (int i = 0; i < stack.size(); i++) {
        keys.add(stack.kernels().castCopy(empty));
        values.add(stack.kernels().castCopy(empty));
      }
    }
    return new KeyValueCache(owner, keys, values, 0);
  }

  private KeyValueCache filled(NDArray x, NDManager owner) {
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    try (NDManager scope = owner.newSubManager();
        KeyValueCache none = empty(owner.newSubManager());
        AttentionWindow window = windows.causal(x, none, scope)) {
      NDArray state = x;
      for (int i = 0; i < stack.size(); i++) {
        NDList out = stack.layer(state, window, none, i);
        state = out.get(0);
        state.attach(scope);
        keys.add(out.get(1));
        values.add(out.get(2));
        keys.get(i).attach(owner);
        values.get(i).attach(owner);
      }
    }
    return new KeyValueCache(owner, keys, values, (int) x.getShape().get(1));
  }

  /**
   * Keys and values of {@code past} and, behind them, of a batch of sequences.
   *
   * @param x (B, T, D), row i padded on the right behind {@code lengths[i]} vectors
   * @return (B, G, P + T, E) a layer, owned by a child of x's manager
   */
  KeyValueCache behind(KeyValueCache past, NDArray x, int[] lengths) {
    int width = windows.length(x, past);
    NDManager owner = x.getManager().newSubManager();
    List<NDArray> keys = new ArrayList<>();
    List<NDArray> values = new ArrayList<>();
    try (NDManager scope = owner.newSubManager();
        AttentionWindow window = windows.inputs(scope, past, lengths, width)) {
      NDArray state = x;
      for (int i = 0; i < stack.size(); i++) {
        NDList out = stack.keysAndValues(state, window, past, i);
        out.attach(scope);
        keys.add(joined(past.keys().get(i), out.get(out.size() - 2), owner));
        values.add(joined(past.values().get(i), out.get(out.size() - 1), owner));
        if (state != x) {
          state.close();
        }
        state = out.get(0);
      }
    }
    return new KeyValueCache(owner, keys, values, past.length() + width);
  }

  private NDArray joined(NDArray past, NDArray fresh, NDManager owner) {
    NDArray whole = stack.kernels().extend(past, fresh);
    whole.attach(owner);
    fresh.close();
    return whole;
  }
}
