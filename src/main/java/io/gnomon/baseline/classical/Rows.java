package io.gnomon.baseline.classical;

import java.util.Arrays;

/**
 * Sparse vectors: of each row the columns that are not zero, ascending, and their values. Eight
 * bytes an entry; rows that are dense share one array of columns.
 *
 * @param width number of columns
 * @param columns (N, entries of the row) in [0, width)
 * @param values (N, entries of the row)
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a matrix, never compared
record Rows(int width, int[][] columns, float[][] values) {
  /** N. */
  int size() {
    return columns.length;
  }

  /** Entries of all rows. */
  long entries() {
    return Arrays.stream(columns).mapToLong(row -> row.length).sum();
  }

  /** Scales {@code row} to length one; a row of zeros stays. */
  static void normalize(float[] row) {
    double length = length(row);
    if (length > 0) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (row[i] / length);
      }
    }
  }

  /** ‖row‖₂. */
  static double length(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
