package io.gnomon.export;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which rows of the teacher's table a student takes along, and which of them each token reads. */
final class KeptRows {
  private final int[] kept;
  private final int[] rowOf;

  /**
   * @param kept ids of the tokens that keep a row, ascending
   * @param rowOf for each token the number of its row among them
   */
  KeptRows(int[] kept, int[] rowOf) {
    this.kept = kept.clone();
    this.rowOf = rowOf.clone();
  }

  /** Every token keeps its own. */
  static KeptRows all(int tokens) {
    int[] every = IntStream.range(0, tokens).toArray();
    return new KeptRows(every, every);
  }

  /** Whether every token reads the row of its own number. */
  boolean isAll() {
    return kept.length == rowOf.length;
  }

  /** Rows kept. */
  int size() {
    return kept.length;
  }

  /** Tokens there are. */
  int tokens() {
    return rowOf.length;
  }

  /** Tokens that own the rows from {@code first} to before {@code end}. */
  long[] tokens(int first, int end) {
    return IntStream.range(first, end).mapToLong(row -> kept[row]).toArray();
  }

  /** The token whose embedding {@code token} reads: itself where it kept its row. */
  int reads(int token) {
    return kept[rowOf[token]];
  }

  /** For each token the number of its row; a fresh array. */
  int[] rowOf() {
    return Arrays.copyOf(rowOf, rowOf.length);
  }
}
