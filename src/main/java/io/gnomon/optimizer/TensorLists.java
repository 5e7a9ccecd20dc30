package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
import io.gnomon.tensor.Kernels;
import java.util.List;
import java.util.Map;

/** The kernels of {@code optimizer.ts.py}, which take whole lists of arrays. */
final class TensorLists {
  private static final Kernels KERNELS =
      Kernels.load(TensorLists.class, "optimizer.ts.py", Map.of());

  private TensorLists() {}

  /**
   * Calls {@code method} with {@code lists} and then {@code last}.
   *
   * @return the result, in the manager of the first array
   */
  static NDArray call(String method, List<List<NDArray>> lists, NDArray... last) {
    return KERNELS.callOnLists(method, lists, last);
  }

  /** Calls {@code method} on single arrays for what it writes; the first is what it returns. */
  static void write(String method, NDArray... arrays) {
    KERNELS.callOne(method, false, arrays).close();
  }
}
