package io.gnomon.baseline.classical;

import java.util.Arrays;

/**
 * Rows of length one by column: which rows have something there, and what. A column that every row
 * has something in is a plain array, which adds up many times faster.
 */
final class Postings {
  private static final int[] EVERY = new int[0];

  private final int[][] rows;
  private final float[][] values;

  private Postings(int[][] rows, float[][] values) {
    this.rows = rows;
    this.values = values;
  }

  static Postings of(Rows source) {
    int[] counts = new int[source.width()];
    for (int[] columns : source.columns()) {
      for (int column : columns) {
        counts[column]++;
      }
    }
    Postings postings = new Postings(new int[source.width()][], new float[source.width()][]);
    for (int j = 0; j < counts.length; j++) {
      postings.rows[j] = counts[j] == source.size() ? EVERY : new int[counts[j]];
      postings.values[j] = new float[counts[j]];
    }
    Arrays.fill(counts, 0);
    for (int i = 0; i < source.size(); i++) {
      postings.add(i, source.columns()[i], source.values()[i], counts);
    }
    return postings;
  }

  private void add(int row, int[] columns, float[] entries, int[] counts) {
    double length = Rows.length(entries);
    for (int j = 0; j < columns.length; j++) {
      int at = counts[columns[j]]++;
      if (rows[columns[j]] != EVERY) {
        rows[columns[j]][at] = row;
      }
      values[columns[j]][at] = length > 0 ? (float) (entries[j] / length) : 0;
    }
  }

  /** Adds to {@code sums} the product of each row with the given one. */
  void similarities(int[] columns, float[] entries, float[] sums) {
    for (int j = 0; j < columns.length; j++) {
      int[] where = rows[columns[j]];
      if (where == EVERY) {
        addAll(values[columns[j]], entries[j], sums);
      } else {
        addSome(where, values[columns[j]], entries[j], sums);
      }
    }
  }

  private static void addAll(float[] column, float factor, float[] sums) {
    for (int i = 0; i < column.length; i++) {
      sums[i] += column[i] * factor;
    }
  }

  private static void addSome(int[] where, float[] column, float factor, float[] sums) {
    for (int i = 0; i < column.length; i++) {
      sums[where[i]] += column[i] * factor;
    }
  }

  /** Stored values. */
  long entries() {
    return Arrays.stream(values).mapToLong(column -> column.length).sum();
  }
}
