package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What N texts are to be classified as: one of K classes each, or any of K labels each. */
public final class Targets {
  private final boolean[][] labels;
  private final boolean exclusive;
  private final int classes;

  private Targets(boolean[][] labels, boolean exclusive, int classes) {
    this.labels = labels;
    this.exclusive = exclusive;
    this.classes = classes;
  }

  /**
   * One class a text; a teacher's answers enter as the likeliest class of each.
   *
   * @param rows (N) classes in [0, classes)
   * @param classes K, with those that no text has
   */
  public static Targets ofClasses(int[] rows, int classes) {
    boolean[][] labels = new boolean[rows.length][classes];
    for (int i = 0; i < rows.length; i++) {
      labels[i][rows[i]] = true;
    }
    return new Targets(labels, true, classes);
  }

  /**
   * Any number of labels a text.
   *
   * @param rows (N, K) whether text i has label k
   * @throws IllegalArgumentException when there is no row, or rows differ in length
   */
  public static Targets ofLabels(boolean[][] rows) {
    if (rows.length == 0 || Arrays.stream(rows).anyMatch(row -> row.length != rows[0].length)) {
      throw new IllegalArgumentException("expected rows of one length, at least one");
    }
    return new Targets(rows, false, rows[0].length);
  }

  /** N. */
  public int size() {
    return labels.length;
  }

  /** K. */
  public int classes() {
    return classes;
  }

  /** Whether a text has exactly one class. */
  public boolean exclusive() {
    return exclusive;
  }

  /** Whether text {@code row} is of class {@code k}. */
  public boolean has(int row, int k) {
    return labels[row][k];
  }

  /** The first class of text {@code row}. */
  int first(int row) {
    return IntStream.range(0, classes).filter(k -> labels[row][k]).findFirst().orElseThrow();
  }

  /** How many texts are of class {@code k}. */
  int count(int k) {
    return (int) Arrays.stream(labels).filter(row -> row[k]).count();
  }

  /** The same rows, with the classes {@code kept} alone, in that order. */
  Targets only(int[] kept) {
    boolean[][] fewer = new boolean[labels.length][kept.length];
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < kept.length; k++) {
        fewer[i][k] = labels[i][kept[k]];
      }
    }
    return new Targets(fewer, exclusive, kept.length);
  }
}
