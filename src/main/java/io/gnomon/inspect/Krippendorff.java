package io.gnomon.inspect;

import java.util.stream.IntStream;

/**
 * Krippendorff's α (Content Analysis, 2004, chapter 11): 1 − D_o/D_e, the disagreement observed
 * among the values of one unit over that expected among all values. Any number of labellers may
 * have valued a unit; a unit with fewer than two values says nothing and is left out. Over two
 * labellers and no missing value it differs from Cohen's κ in that it assumes one distribution of
 * values, not one a labeller.
 */
final class Krippendorff {
  /** No value was given. */
  static final int MISSING = -1;

  /** How far two values are apart. */
  interface Distance {
    /** Zero for a value and itself, alike both ways. */
    double between(int first, int second);
  }

  /** Values are the same or not. */
  static final Distance NOMINAL = (first, second) -> first == second ? 0 : 1;

  private final int[][] units;
  private final int values;
  private final Distance distance;

  /**
   * Valued units.
   *
   * @param units (N)(labellers): values in [0, values), or {@link #MISSING}
   */
  Krippendorff(int[][] units, int values, Distance distance) {
    this.units = units;
    this.values = values;
    this.distance = distance;
  }

  /**
   * α of the units of these numbers, with repetition.
   *
   * @return NaN where fewer than two values differ: nothing to disagree about was seen
   */
  double alpha(int[] sample) {
    int[] counts = new int[values];
    double observed = 0;
    int total = 0;
    for (int unit : sample) {
      int[] given = units[unit];
      int pairable = count(given);
      if (pairable < 2) {
        continue;
      }
      total += pairable;
      double apart = 0;
      for (int i = 0; i < given.length; i++) {
        if (given[i] != MISSING) {
          counts[given[i]]++;
          apart += apart(given, i);
        }
      }
      observed += 2 * apart / (pairable - 1);
    }
    double expected = expected(counts, total);
    return expected == 0 ? Double.NaN : 1 - (total - 1) * observed / expected;
  }

  private static int count(int[] given) {
    int count = 0;
    for (int value : given) {
      count += value == MISSING ? 0 : 1;
    }
    return count;
  }

  /** Sum of the distances between a value of a unit and those behind it. */
  private double apart(int[] given, int from) {
    double sum = 0;
    for (int i = from + 1; i < given.length; i++) {
      sum += given[i] == MISSING ? 0 : distance.between(given[from], given[i]);
    }
    return sum;
  }

  /** Sum of the distances over all ordered pairs of values, whatever their units. */
  private double expected(int[] counts, int total) {
    if (distance == NOMINAL) {
      double sum = (double) total * total;
      for (int count : counts) {
        sum -= (double) count * count;
      }
      return sum;
    }
    int[] seen = IntStream.range(0, values).filter(c -> counts[c] > 0).toArray();
    double sum = 0;
    for (int i = 0; i < seen.length; i++) {
      for (int j = i + 1; j < seen.length; j++) {
        sum += 2.0 * counts[seen[i]] * counts[seen[j]] * distance.between(seen[i], seen[j]);
      }
    }
    return sum;
  }
}
