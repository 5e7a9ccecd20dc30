package io.gnomon.baseline.classical;

import java.util.Arrays;

/** The distinct terms of one text with their number of occurrences, in the order of their names. */
final class Terms {
  private final long[] sorted;

  private Terms(long[] sorted) {
    this.sorted = sorted;
  }

  static Terms of(Analyzer analyzer, String text) {
    long[] terms = analyzer.terms(text);
    Arrays.sort(terms);
    return new Terms(terms);
  }

  void forEach(TermCounts.Visitor visitor) {
    int end;
    for (int start = 0; start < sorted.length; start = end) {
      end = start + 1;
      while (end < sorted.length && sorted[end] == sorted[start]) {
        end++;
      }
      visitor.visit(sorted[start], end - start);
    }
  }
}
