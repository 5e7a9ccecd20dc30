package io.gnomon.export;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A vector or matrix of numbers that a graph holds, read row by row so that a table of any size is
 * never held whole.
 *
 * @param name unique within a graph
 * @param shape (n) or (rows, columns)
 * @param reader gives the rows from one to before another, row-major
 */
record Weight(String name, List<Integer> shape, Reader reader) {
  private static final int CHUNK = 1 << 20;

  /** Reads rows. */
  @FunctionalInterface
  interface Reader {
    /** The rows from {@code first} to before {@code end}, row-major. */
    float[] rows(int first, int end);
  }

  /** Takes pieces in order. */
  @FunctionalInterface
  interface Chunks<E extends Exception> {
    /** Some rows, row-major. */
    void take(float[] rows) throws E;
  }

  Weight {
    shape = List.copyOf(shape);
  }

  static Weight vector(String name, float[] values) {
    return new Weight(name, List.of(values.length), (first, end) -> values);
  }

  /** A matrix that is made anew whenever it is read, and not held. */
  static Weight matrix(String name, int rows, int columns, Supplier<float[]> values) {
    return new Weight(
        name,
        List.of(rows, columns),
        (first, end) -> {
          float[] all = values.get();
          return end - first == rows
              ? all
              : Arrays.copyOfRange(all, first * columns, end * columns);
        });
  }

  /** Rows; a vector is one. */
  int rows() {
    return shape.size() == 1 ? 1 : shape.get(0);
  }

  /** Columns; those of a vector are its entries. */
  int columns() {
    return shape.get(shape.size() - 1);
  }

  long elements() {
    return (long) rows() * columns();
  }

  /** All values, row-major; for what is known to fit. */
  float[] values() {
    return reader.rows(0, rows());
  }

  /** All rows in order, some at a time. */
  <E extends Exception> void each(Chunks<E> chunks) throws E {
    int step = Math.max(1, CHUNK / columns());
    for (int first = 0; first < rows(); first += step) {
      chunks.take(reader.rows(first, Math.min(rows(), first + step)));
    }
  }
}
