package io.gnomon.grow;

import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Which posts are labelled next. */
public enum Pick {
  /** Those that the student is least sure of. */
  UNCERTAIN {
    @Override
    List<Integer> of(double[][] h, List<Integer> open, int n, boolean multiLabel, long seed) {
      return open.stream()
          .sorted(Comparator.comparingDouble(i -> certainty(h[i], multiLabel)))
          .limit(n)
          .toList();
    }
  },

  /** Any. */
  RANDOM {
    @Override
    List<Integer> of(double[][] h, List<Integer> open, int n, boolean multiLabel, long seed) {
      List<Integer> shuffled = new ArrayList<>(open);
      Collections.shuffle(shuffled, new Random(seed));
      return List.copyOf(shuffled.subList(0, Math.min(n, shuffled.size())));
    }
  };

  /**
   * Chooses.
   *
   * @param h (N, K) the student's probabilities
   * @param open numbers of the posts that may be chosen
   * @param n how many, at most
   * @param seed of this round
   */
  abstract List<Integer> of(double[][] h, List<Integer> open, int n, boolean multiLabel, long seed);

  /**
   * How sure a student is: of one class a text, how far the likeliest is before the second; of
   * several labels, how far its least sure decision is from a half.
   */
  static double certainty(double[] p, boolean multiLabel) {
    if (multiLabel) {
      double least = 1;
      for (double x : p) {
        least = Math.min(least, Math.abs(2 * x - 1));
      }
      return least;
    }
    double first = 0;
    double second = 0;
    for (double x : p) {
      if (x > first) {
        second = first;
        first = x;
      } else {
        second = Math.max(second, x);
      }
    }
    return first - second;
  }

  /** The seed of a round. */
  static long seed(long seed, int round) {
    return Seeds.derive(seed, "grow", round);
  }
}
