package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * The teacher's token embeddings, shape (V, d), float32: the space that samplers draw from, that
 * the teacher reads and that the student shares (Section 3.1 of the paper). Frozen: it never
 * requires a gradient, and nothing here writes to it.
 */
public final class EmbeddingTable {
  private final NDArray weight;

  /**
   * @param weight shape (V, d), float32; stays owned by the caller
   */
  public EmbeddingTable(NDArray weight) {
    if (weight.getShape().dimension() != 2 || weight.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "embedding table: expected (V, d) float32, found " + weight.getShape());
    }
    this.weight = weight;
  }

  /** V, the number of tokens. */
  public int size() {
    return (int) weight.getShape().get(0);
  }

  /** d, the width of one embedding. */
  public int dimension() {
    return (int) weight.getShape().get(1);
  }

  /** The table itself, (V, d); not to be changed. */
  public NDArray weight() {
    return weight;
  }

  /**
   * Embeds {@code ids}.
   *
   * @param manager owner of the result
   * @param ids B rows of T token ids each
   * @return shape (B, T, d), float32
   */
  public NDArray lookup(NDManager manager, long[][] ids) {
    int rows = ids.length;
    int length = rows == 0 ? 0 : ids[0].length;
    long[] flat = new long[rows * length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(ids[row], 0, flat, row * length, length);
    }
    try (NDArray index = manager.create(flat)) {
      return lookup(manager, index, new Shape(rows, length, dimension()));
    }
  }

  private NDArray lookup(NDManager manager, NDArray flatIds, Shape shape) {
    // A result belongs to the manager of its left operand, here the weight's: move it out at once.
    NDArray rows = weight.get(flatIds);
    rows.attach(manager);
    NDArray shaped = rows.reshape(shape);
    if (shaped != rows) {
      shaped.attach(manager);
      rows.close();
    }
    return shaped;
  }
}
