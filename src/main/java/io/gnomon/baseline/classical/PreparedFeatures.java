package io.gnomon.baseline.classical;

import java.util.function.Supplier;

/**
 * Vectors and what they cost.
 *
 * @param rows the vectors
 * @param seconds that making them took; of kept ones, when they were made
 */
record PreparedFeatures(Rows rows, double seconds) {
  /** What {@code work} gives, timed. */
  static PreparedFeatures timed(Supplier<Rows> work) {
    long start = System.nanoTime();
    Rows rows = work.get();
    return new PreparedFeatures(rows, (System.nanoTime() - start) / 1e9);
  }
}
