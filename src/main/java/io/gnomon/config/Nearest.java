package io.gnomon.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The nearest of several names by edit distance, for messages that ask "did you mean". */
public final class Nearest {
  private Nearest() {}

  /**
   * The name closest to {@code found}, or null when none is within a third of the longer one's
   * length (and at least two edits). Case does not count.
   */
  public static @Nullable String of(String found, Collection<String> names) {
    String wanted = found.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> distance(wanted, name) <= Math.max(2, longer(wanted, name) / 3))
        .filter(name -> distance(wanted, name) < longer(wanted, name))
        .min(Comparator.comparingInt(name -> distance(wanted, name)))
        .orElse(null);
  }

  private static int longer(String a, String b) {
    return Math.max(a.length(), b.length());
  }

  /** Edits of one letter, or swaps of two neighbours, that lead from one to the other. */
  private static int distance(String wanted, String name) {
    String other = name.toLowerCase(Locale.ROOT);
    int[][] cost = new int[wanted.length() + 1][other.length() + 1];
    for (int i = 0; i <= wanted.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(cost, wanted, other, i, j);
      }
    }
    return cost[wanted.length()][other.length()];
  }

  private static int step(int[][] cost, String a, String b, int i, int j) {
    int change = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
