package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Keys and values of positions already seen, one pair a layer, each (1|B, G, P, E); P may be 0.
 *
 * @param manager owner of the arrays
 * @param keys a layer each
 * @param values a layer each
 * @param length P
 */
public record KeyValueCache(NDManager manager, List<NDArray> keys, List<NDArray> values, int length)
    implements AutoCloseable {
  @Override
  public void close() {
    manager.close();
  }
}
