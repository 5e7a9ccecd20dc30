package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Rotary cosines and sines on the host, cut to the positions of a batch. */
final class RopeTables {
  private final Rope.Table table;
  private final int width;

  RopeTables(Rope rope, int positions, int headDimension) {
    this.table = rope.table(positions, headDimension);
    this.width = headDimension;
  }

  /** Cosines at {@code positions}, shape (rows, 1, positions / rows, E). */
  NDArray cos(NDManager manager, int[] positions, int rows) {
    return cut(manager, table.cos(), positions, rows);
  }

  /** Sines at {@code positions}, shape (rows, 1, positions / rows, E). */
  NDArray sin(NDManager manager, int[] positions, int rows) {
    return cut(manager, table.sin(), positions, rows);
  }

  private NDArray cut(NDManager manager, float[] values, int[] positions, int rows) {
    float[] out = new float[positions.length * width];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(values, positions[i] * width, out, i * width, width);
    }
    return manager.create(out, new Shape(rows, 1, positions.length / rows, width));
  }
}
