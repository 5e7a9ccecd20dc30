package io.gnomon.checkpoint;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names most like one that is not there, by edit distance, for messages. */
final class NearestNames {
  private static final int SHOWN = 3;

  private NearestNames() {}

  static List<String> of(String name, Collection<String> names) {
    record Scored(String name, int distance) {}
    return names.stream()
        .map(other -> new Scored(other, distance(name, other)))
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(SHOWN)
        .map(Scored::name)
        .toList();
  }

  /**
   * Levenshtein's distance: insertions, deletions and replacements that turn one into the other.
   */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
