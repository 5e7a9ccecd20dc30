package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Rotary cosines and sines on the host, cut to the positions of a batch. The table grows to what is
 * asked for: a model made for 131,072 positions needs none of them for a post.
 */
final class RopeTables {
  private static final int FIRST_ROWS = 256;

  private final Rope rope;
  private final int width;
  private Rope.Table table;
  private int rowCount = FIRST_ROWS;

  RopeTables(Rope rope, int headDimension) {
    this.rope = rope;
    this.width = headDimension;
    this.table = rope.table(FIRST_ROWS, headDimension);
  }

  private synchronized Rope.Table reaching(int[] positions) {
    int needed = Arrays.stream(positions).max().orElse(0) + 1;
    if (needed > rowCount) {
      rowCount = Math.max(needed, 2 * rowCount);
      table = rope.table(rowCount, width);
    }
    return table;
  }

  /** Cosines at {@code positions}, shape (rows, 1, positions / rows, E). */
  NDArray cos(NDManager manager, int[] positions, int rows) {
    return cut(manager, reaching(positions).cos(), positions, rows);
  }

  /** Sines at {@code positions}, shape (rows, 1, positions / rows, E). */
  NDArray sin(NDManager manager, int[] positions, int rows) {
    return cut(manager, reaching(positions).sin(), positions, rows);
  }

  private NDArray cut(NDManager manager, float[] values, int[] positions, int rows) {
    float[] out = new float[positions.length * width];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(values, positions[i] * width, out, i * width, width);
    }
    return manager.create(out, new Shape(rows, 1, positions.length / rows, width));
  }
}
