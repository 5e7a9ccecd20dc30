package io.gnomon.sampler;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.tensor.Scopes;
import java.util.Arrays;

/**
 * The embeddings of the tokens that may be drawn, less their mean, on the CPU wherever the teacher
 * is: the same products on every device. Lives as long as the table.
 */
final class HostTable {
  private final NDManager manager;
  private final NDArray rows;
  private final int dimension;

  /**
   * @param centred whether the mean row is taken off
   * @param unit whether each row is then brought to length 1
   */
  HostTable(EmbeddingTable table, int[] ids, boolean centred, boolean unit) {
    this.manager = table.weight().getManager().newSubManager(Device.cpu());
    this.dimension = table.dimension();
    try (NDScope scope = new NDScope();
        NDManager local = table.weight().getManager().newSubManager()) {
      scope.suppressNotUsedWarning();
      long[] wanted = Arrays.stream(ids).asLongStream().toArray();
      NDArray x = table.lookup(local, new long[][] {wanted}).toDevice(Device.cpu(), false);
      NDArray flat = x.reshape(ids.length, dimension); // (V', d)
      NDArray moved = centred ? flat.sub(flat.mean(new int[] {0}, true)) : flat;
      NDArray kept = unit ? moved.div(lengths(moved)) : moved.duplicate();
      this.rows = Scopes.keep(kept, manager);
    }
  }

  /** A row of zeros has no direction; it stays as it is. */
  private static NDArray lengths(NDArray x) {
    return x.square().sum(new int[] {1}, true).sqrt().maximum(Float.MIN_NORMAL);
  }

  int dimension() {
    return dimension;
  }

  /** Row {@code index}, d numbers. */
  float[] row(int index) {
    try (NDArray row = rows.get(index)) {
      return row.toFloatArray();
    }
  }

  /**
   * The product of every row with each direction.
   *
   * @param directions n rows of d
   * @return n rows of V'
   */
  float[] scores(float[] directions) {
    try (NDManager local = manager.newSubManager()) {
      NDArray c = local.create(directions, new Shape(directions.length / dimension, dimension));
      NDArray transposed = rows.transpose(); // belongs to the table's manager
      try (transposed;
          NDArray product = c.matMul(transposed)) { // (n, V')
        return product.toFloatArray();
      }
    }
  }
}
