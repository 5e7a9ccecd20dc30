package io.gnomon.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * Writes into an array that others hold, trainable or not. DJL's own {@code set} goes through a
 * deprecated mode of libtorch, which says so on the user's terminal.
 */
public final class InPlace {
  private static final Kernels KERNELS = Kernels.load(InPlace.class, "assign.ts.py", Map.of());

  private InPlace() {}

  /** Overwrites {@code target} with {@code values}, row-major, as many as it has. */
  public static void assign(NDArray target, float[] values) {
    try (NDArray value = target.getManager().create(values, target.getShape())) {
      KERNELS.callOne("assign", false, target, value).close();
    }
  }
}
