package io.gnomon.baseline.classical;

/**
 * Positive numbers by term, in open addressing: 12 bytes a slot, at most half of them taken. The
 * names of terms are spread already, so their low bits are the place to look.
 */
final class TermCounts {
  private static final int FIRST = 1 << 10;

  private long[] terms = new long[FIRST];
  private int[] counts = new int[FIRST];
  private int size;

  /** Adds {@code count} to that of {@code term}. */
  void add(long term, int count) {
    int slot = slot(term);
    if (counts[slot] == 0) {
      terms[slot] = term;
      size++;
    }
    counts[slot] += count;
    if (size > terms.length / 2) {
      grow();
    }
  }

  /** The count of {@code term}, 0 for one never added. */
  int get(long term) {
    return counts[slot(term)];
  }

  /** Number of distinct terms. */
  int size() {
    return size;
  }

  /** What {@link #forEach} calls. */
  interface Visitor {
    void visit(long term, int count);
  }

  /** Visits every term, in no order. */
  void forEach(Visitor visitor) {
    for (int slot = 0; slot < terms.length; slot++) {
      if (counts[slot] > 0) {
        visitor.visit(terms[slot], counts[slot]);
      }
    }
  }

  private int slot(long term) {
    int mask = terms.length - 1;
    int slot = (int) term & mask;
    while (counts[slot] > 0 && terms[slot] != term) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldTerms = terms;
    int[] oldCounts = counts;
    terms = new long[2 * oldTerms.length];
    counts = new int[2 * oldCounts.length];
    for (int old = 0; old < oldTerms.length; old++) {
      if (oldCounts[old] > 0) {
        int slot = slot(oldTerms[old]);
        terms[slot] = oldTerms[old];
        counts[slot] = oldCounts[old];
      }
    }
  }
}
