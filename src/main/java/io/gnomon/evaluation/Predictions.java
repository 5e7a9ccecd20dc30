package io.gnomon.evaluation;

import java.util.Optional;

/**
 * What was predicted for N rows, beside the gold classes and, where there is one, the teacher.
 *
 * <p>Arrays are not copied and must not be changed by anyone.
 */
public final class Predictions {
  private final int[] gold;
  private final int[] predicted;
  private final Optional<int[]> teacher;

  private Predictions(int[] gold, int[] predicted, Optional<int[]> teacher) {
    requireRows(gold.length, predicted.length);
    teacher.ifPresent(classes -> requireRows(gold.length, classes.length));
    this.gold = gold;
    this.predicted = predicted;
    this.teacher = teacher;
  }

  /**
   * A model on its own.
   *
   * @param gold (N) classes
   * @param predicted (N) classes
   * @throws IllegalArgumentException when the lengths differ or are 0
   */
  public static Predictions of(int[] gold, int[] predicted) {
    return new Predictions(gold, predicted, Optional.empty());
  }

  /** A model beside its teacher; {@code teacher} holds (N) classes. */
  public static Predictions of(int[] gold, int[] predicted, int[] teacher) {
    return new Predictions(gold, predicted, Optional.of(teacher));
  }

  /**
   * A student beside its teacher, from probabilities; the first of equal ones wins.
   *
   * @param gold (N) classes
   * @param g (N, K) the teacher's probabilities
   * @param h (N, K) the student's
   */
  public static Predictions of(int[] gold, double[][] g, double[][] h) {
    return of(gold, likeliest(h), likeliest(g));
  }

  /** (N) the class of the largest entry of each row, the first of equal ones. */
  public static int[] likeliest(double[][] scores) {
    int[] classes = new int[scores.length];
    for (int i = 0; i < scores.length; i++) {
      for (int k = 1; k < scores[i].length; k++) {
        if (scores[i][k] > scores[i][classes[i]]) {
          classes[i] = k;
        }
      }
    }
    return classes;
  }

  /** N. */
  public int size() {
    return gold.length;
  }

  /** (N) gold classes. */
  public int[] gold() {
    return gold;
  }

  /** (N) predicted classes. */
  public int[] predicted() {
    return predicted;
  }

  /** (N) the teacher's classes, where there is a teacher. */
  public Optional<int[]> teacher() {
    return teacher;
  }

  private static void requireRows(int expected, int found) {
    if (expected == 0 || expected != found) {
      throw new IllegalArgumentException(
          "expected as many classes as gold rows, at least one: " + expected + " against " + found);
    }
  }
}
