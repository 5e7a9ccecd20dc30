package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
import io.gnomon.tensor.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls a kernel on whole lists of arrays: one call for a model instead of one a parameter. */
final class TensorLists {
  private static final Kernels KERNELS =
      Kernels.load(TensorLists.class, "optimizer.ts.py", Map.of());

  private TensorLists() {}

  /**
   * Calls {@code method} of {@code optimizer.ts.py} with {@code lists} and then {@code last}.
   *
   * <p>DJL gathers inputs of one name that ends in {@code []} to a list; the names are taken off
   * again, for a name would follow the array into other calls.
   *
   * @return the result, in the manager of the first array
   */
  static NDArray call(String method, List<List<NDArray>> lists, NDArray... last) {
    List<NDArray> inputs = new ArrayList<>();
    try {
      for (int list = 0; list < lists.size(); list++) {
        for (NDArray array : lists.get(list)) {
          array.setName("list" + list + "[]");
          inputs.add(array);
        }
      }
      inputs.addAll(List.of(last));
      return KERNELS.callOne(method, false, inputs.toArray(new NDArray[0]));
    } finally {
      lists.forEach(list -> list.forEach(array -> array.setName(null)));
    }
  }
}
