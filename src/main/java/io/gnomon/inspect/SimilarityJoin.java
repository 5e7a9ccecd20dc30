package io.gnomon.inspect;

import java.util.Arrays;

/**
 * All pairs of sets whose Jaccard similarity is at least a threshold t, exactly, by prefix
 * filtering (Bayardo, Ma and Srikant, WWW 2007; Xiao et al., WWW 2008): of two such sets, with the
 * rarest elements first, the first |x| − ⌈t·|x|⌉ + 1 elements of each have one in common, and the
 * smaller has at least t times as many as the larger. What passes is counted out.
 */
final class SimilarityJoin {
  /** For what is a whole number but for rounding. */
  private static final double SLACK = 1e-9;

  private static final int NONE = -1;

  /** Which pairs are wanted, and what is done with them. */
  interface Pairs {
    /** Whether a pair is worth comparing. */
    boolean wanted(int first, int second);

    /** A pair that is near enough. */
    void found(int first, int second, double similarity);
  }

  private final int[][] sets;
  private final double least;
  private final Pairs pairs;

  /** Element → the newest entry of a set that has it in its prefix. */
  private final int[] newest;

  private int[] set = new int[1 << 10];
  private int[] older = new int[1 << 10];
  private int entries;
  private final int[] comparedWith;

  private SimilarityJoin(int[][] sets, double least, Pairs pairs) {
    this.sets = sets;
    this.least = least;
    this.pairs = pairs;
    int elements = Arrays.stream(sets).mapToInt(row -> row[row.length - 1] + 1).max().orElse(0);
    this.newest = new int[elements];
    Arrays.fill(newest, NONE);
    this.comparedWith = new int[sets.length];
    Arrays.fill(comparedWith, NONE);
  }

  /**
   * Finds them.
   *
   * @param sets none empty, each rising without repetition, the rarest elements lowest
   * @param least above 0, up to 1
   */
  static void run(int[][] sets, double least, Pairs pairs) {
    SimilarityJoin join = new SimilarityJoin(sets, least, pairs);
    for (int next : Shingles.bySize(sets)) {
      join.probe(next);
      join.add(next);
    }
  }

  private int prefix(int[] elements) {
    return elements.length - ceil(least * elements.length) + 1;
  }

  private static int ceil(double value) {
    return (int) Math.ceil(value - SLACK);
  }

  private void probe(int one) {
    int[] elements = sets[one];
    int smallest = ceil(least * elements.length);
    for (int i = 0; i < prefix(elements); i++) {
      // Entries were added by rising size: behind the first that is too small all are.
      for (int at = newest[elements[i]];
          at != NONE && sets[set[at]].length >= smallest;
          at = older[at]) {
        int other = set[at];
        if (comparedWith[other] != one) {
          comparedWith[other] = one;
          compare(one, other);
        }
      }
    }
  }

  private void compare(int one, int other) {
    if (pairs.wanted(one, other)) {
      double similarity = jaccard(sets[one], sets[other]);
      if (similarity >= least - SLACK) {
        pairs.found(one, other, similarity);
      }
    }
  }

  /** |a ∩ b| / |a ∪ b| of two rising rows. */
  static double jaccard(int[] a, int[] b) {
    int both = 0;
    for (int i = 0, j = 0; i < a.length && j < b.length; ) {
      if (a[i] == b[j]) {
        both++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
      } else {
        j++;
      }
    }
    return (double) both / (a.length + b.length - both);
  }

  private void add(int one) {
    int[] elements = sets[one];
    for (int i = 0; i < prefix(elements); i++) {
      if (entries == set.length) {
        set = Arrays.copyOf(set, 2 * entries);
        older = Arrays.copyOf(older, 2 * entries);
      }
      set[entries] = one;
      older[entries] = newest[elements[i]];
      newest[elements[i]] = entries++;
    }
  }
}
