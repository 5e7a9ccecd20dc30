package io.gnomon.tensor;

/** Numbers as libtorch hands them over, row behind row, as an array of rows. */
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

  /** The same, widened. */
  public static double[][] ofDoubles(float[] flat, int width) {
    double[][] rows = new double[flat.length / width][width];
    for (int i = 0; i < flat.length; i++) {
      rows[i / width][i % width] = flat[i];
    }
    return rows;
  }
}
