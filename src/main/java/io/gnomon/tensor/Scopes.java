package io.gnomon.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;

/** What outlives the scope that it was made in. */
public final class Scopes {
  private Scopes() {}

  /** Takes {@code array} out of the thread's scope, gives it to {@code manager} and returns it. */
  public static NDArray keep(NDArray array, NDManager manager) {
    NDScope.unregister(array);
    array.attach(manager);
    return array;
  }
}
