package io.gnomon.inspect;

import io.gnomon.config.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of two sets with the same text. Of a text that stands more than once the first rows are
 * paired, then the second, and so on.
 *
 * @param other place of a row → place of its partner in the other set; −1 without one
 * @param onlyOther rows of the other set without a partner
 */
record Matching(List<Integer> other, int onlyOther) {
  /** Stands for no partner. */
  static final int NONE = -1;

  /**
   * Pairs them.
   *
   * @throws InputException when no text is in both
   */
  static Matching of(LabelSet set, LabelSet otherSet) {
    Map<String, Deque<Integer>> waiting = new HashMap<>();
    for (int i = 0; i < otherSet.size(); i++) {
      waiting.computeIfAbsent(otherSet.text(i), text -> new ArrayDeque<>()).add(i);
    }
    Integer[] other = new Integer[set.size()];
    Arrays.fill(other, NONE);
    int paired = 0;
    for (int i = 0; i < other.length; i++) {
      Deque<Integer> rows = waiting.get(set.text(i));
      if (rows != null && !rows.isEmpty()) {
        other[i] = rows.remove();
        paired++;
      }
    }
    if (paired == 0) {
      throw new InputException(
          "--against %s: expected texts of %s, found none of them; give another labelling of the same texts, or name their column with --text"
              .formatted(otherSet.name(), set.name()));
    }
    return new Matching(List.of(other), otherSet.size() - paired);
  }

  /** Places of the rows that have a partner. */
  List<Integer> paired() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < other.size(); i++) {
      if (other.get(i) != NONE) {
        rows.add(i);
      }
    }
    return rows;
  }
}
