package io.gnomon.grow;

import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Which posts are labelled next. */
public enum Pick {
  /** Those that the student is least sure of. */
  UNCERTAIN {
    @Override
    List<Integer> of(Asked student, List<Integer> open, int n, boolean multiLabel, long seed) {
      double[][] h = student.about(open);
      return IntStream.range(0, open.size())
          .boxed()
          .sorted(Comparator.comparingDouble(row -> certainty(h[row], multiLabel)))
          .limit(n)
          .map(open::get)
          .toList();
    }
  },

  /** Any. */
  RANDOM {
    @Override
    List<Integer> of(Asked student, List<Integer> open, int n, boolean multiLabel, long seed) {
      List<Integer> shuffled = new ArrayList<>(open);
      Collections.shuffle(shuffled, new Random(seed));
      return List.copyOf(shuffled.subList(0, Math.min(n, shuffled.size())));
    }
  };

  /** The student, asked where that is of use. */
  interface Asked {
    /** h of the posts of these numbers, a row each in their order, (N, K). */
    double[][] about(List<Integer> posts);
  }

  /**
   * Chooses.
   *
   * @param open numbers of the posts that may be chosen
   * @param n how many, at most
   * @param seed of this round
   */
  abstract List<Integer> of(
      Asked student, List<Integer> open, int n, boolean multiLabel, long seed);

  /** As a user writes it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * How sure a student is, by its margin: of one class a text, how far the likeliest is before the
   * second (margin sampling, Scheffer et al. 2001); of several labels, each of which is a decision
   * between yes and no, the smallest margin of them.
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
