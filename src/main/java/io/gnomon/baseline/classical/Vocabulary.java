package io.gnomon.baseline.classical;

import java.util.Arrays;

/** The terms that have a column, in ascending order of their names. */
final class Vocabulary {
  private final TermCounts columns = new TermCounts();

  private Vocabulary(long[] sorted) {
    for (int column = 0; column < sorted.length; column++) {
      columns.add(sorted[column], column + 1);
    }
  }

  /**
   * The {@code limit} terms of the highest document frequency; among equals the smaller names,
   * which is as good as by lot and the same every time.
   *
   * @param frequencies number of texts by term
   * @param rarest smallest document frequency that gets a column
   */
  static Vocabulary of(TermCounts frequencies, int rarest, int limit) {
    int cut = Math.max(rarest, cut(frequencies, limit));
    TermList above = new TermList();
    TermList at = new TermList();
    frequencies.forEach(
        (term, count) -> {
          if (count >= cut) {
            (count > cut ? above : at).add(term);
          }
        });
    long[] ties = at.toArray();
    Arrays.sort(ties);
    int room = Math.min(ties.length, limit - above.size());
    long[] chosen = Arrays.copyOf(above.toArray(), above.size() + room);
    System.arraycopy(ties, 0, chosen, above.size(), room);
    Arrays.sort(chosen);
    return new Vocabulary(chosen);
  }

  /** The frequency of the term in place {@code limit}; 0 where there are no more than that. */
  private static int cut(TermCounts frequencies, int limit) {
    if (frequencies.size() <= limit) {
      return 0;
    }
    TermList all = new TermList();
    frequencies.forEach((term, count) -> all.add(count));
    long[] sorted = all.toArray();
    Arrays.sort(sorted);
    return (int) sorted[sorted.length - limit];
  }

  /** Number of columns. */
  int size() {
    return columns.size();
  }

  /** The column of {@code term}, -1 for one that has none. */
  int column(long term) {
    return columns.get(term) - 1;
  }
}
