package io.gnomon.baseline.classical;

import java.util.Arrays;

/** Terms that become more. */
final class TermList {
  private long[] terms = new long[256];
  private int size;

  void add(long term) {
    if (size == terms.length) {
      terms = Arrays.copyOf(terms, 2 * size);
    }
    terms[size++] = term;
  }

  long get(int index) {
    return terms[index];
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(terms, size);
  }
}
