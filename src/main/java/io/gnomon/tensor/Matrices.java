package io.gnomon.tensor;

import java.util.Arrays;

/** Numbers row behind row, as libtorch and files have them, and as an array of rows. */
public final class Matrices {
  private Matrices() {}

  /** Rows of {@code width} numbers each. */
  public static float[][] ofFloats(float[] flat, int width) {
    float[][] rows = new float[flat.length / width][width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(flat, i * width, rows[i], 0, width);
    }
    return rows;
  }

  /** Rows end to end, rounded to float32. */
  public static float[] flat(double[][] rows) {
    float[] flat = new float[Arrays.stream(rows).mapToInt(row -> row.length).sum()];
    int at = 0;
    for (double[] row : rows) {
      for (double value : row) {
        flat[at++] = (float) value;
      }
    }
    return flat;
  }

  /** {@link #ofFloats}, widened. */
  public static double[][] ofDoubles(float[] flat, int width) {
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }
}
