package io.gnomon.baseline.classical;

/** A learner that has learned: vectors → class probabilities. Safe for several threads. */
interface Classifier extends AutoCloseable {
  /** (N, C) for N rows, C the classes it was taught. */
  double[][] probabilities(Rows rows);

  /** How many numbers it stores. */
  long numbers();

  /** Frees what lies outside the heap, where anything does. */
  @Override
  default void close() {}
}
