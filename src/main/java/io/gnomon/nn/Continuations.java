package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * B sequences that share a beginning and then grow, one position a step, all at once: what writing
 * text token by token needs. Keys and values lie in buffers of the full length, so that a step
 * writes its own and copies none.
 */
public final class Continuations implements AutoCloseable {
  private final Decoder decoder;
  private final DecoderKernels kernels;
  private final NDManager manager;
  private final int most;
  private List<NDArray> keys;
  private List<NDArray> values;
  private int length;

  Continuations(Decoder decoder, NDManager manager, KeyValueCache past, int rows, int more) {
    this.decoder = decoder;
    this.kernels = decoder.stack().kernels();
    this.manager = manager;
    this.length = past.length();
    this.most = past.length() + more;
    if (most > decoder.shape().maxPositions()) {
      throw new InputException(
          String.format(
              "continuation: expected at most %d positions, found %d of a prompt and %d to come;"
                  + " lower the length",
              decoder.shape().maxPositions(), past.length(), more));
    }
    DecoderShape shape = decoder.shape();
    Shape room = new Shape(rows, shape.keyValueHeads(), more, shape.headDimension());
    try (NDArray empty = manager.create(room, DataType.FLOAT32)) {
      this.keys = past.keys().stream().map(k -> widened(k, empty)).toList();
      this.values = past.values().stream().map(v -> widened(v, empty)).toList();
    }
  }

  private NDArray widened(NDArray past, NDArray room) {
    return owned(kernels.widen(past, room));
  }

  private NDArray owned(NDArray array) {
    array.attach(manager);
    return array;
  }

  /** Positions seen, those of the beginning included. */
  public int length() {
    return length;
  }

  /**
   * Runs one more vector of each sequence.
   *
   * @param x (B, 1, D)
   * @return (B, D), the last layer's output there, not yet normed, in x's manager
   * @throws IllegalStateException when there is no room left
   */
  public NDArray step(NDArray x) {
    if (length == most) {
      throw new IllegalStateException("no room behind " + most + " positions");
    }
    length++;
    try (NDManager scope = x.getManager().newSubManager();
        AttentionWindow window = decoder.windows().step(length - 1, scope)) {
      NDArray y = decoder.stack().step(x, window, seen(keys, scope), seen(values, scope), scope);
      NDArray flat = y.reshape(x.getShape().get(0), decoder.shape().hidden());
      flat.attach(x.getManager());
      return flat;
    }
  }

  /**
   * The filled part of each buffer and the place of this step behind it: views, (B, G, P + 1, E).
   */
  private List<NDArray> seen(List<NDArray> buffers, NDManager scope) {
    List<NDArray> views = new ArrayList<>();
    for (NDArray buffer : buffers) {
      NDArray view = buffer.get(":, :, :" + length);
      view.attach(scope);
      views.add(view);
    }
    return views;
  }

  /**
   * Goes on with some of the sequences alone.
   *
   * @param rows which of them, in the order they are to have from now on
   */
  public void keep(int[] rows) {
    try (NDArray index = manager.create(Arrays.stream(rows).asLongStream().toArray())) {
      this.keys = kept(keys, index);
      this.values = kept(values, index);
    }
  }

  private List<NDArray> kept(List<NDArray> buffers, NDArray index) {
    List<NDArray> smaller = new ArrayList<>();
    for (NDArray buffer : buffers) {
      smaller.add(owned(kernels.rows(buffer, index)));
      buffer.close();
    }
    return smaller;
  }

  @Override
  public void close() {
    manager.close();
  }
}
