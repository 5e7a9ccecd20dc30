package io.gnomon.inspect;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Texts as sets of shingles: all runs of so many characters (A. Broder, "On the resemblance and
 * containment of documents", 1997). A text shorter than one is its own only shingle.
 *
 * <p>A shingle is known by 64 bits of hash: among ten million of them two collide once in a hundred
 * thousand sets.
 */
final class Shingles {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Shingles() {}

  /** What texts are compared by: compatible forms (NFKC), lower case, single blanks. */
  static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip();
  }

  /**
   * The shingles of each text, as numbers that rise with how many texts have the shingle.
   *
   * @param texts normal, none empty
   * @return (N)(its shingles), each row rising and without repetition: the rarest first
   */
  static int[][] byRarity(List<String> texts, int length) {
    LongIds ids = new LongIds();
    int[][] sets = texts.stream().map(text -> distinct(text, length, ids)).toArray(int[][]::new);
    int[] ranks = ranks(sets, ids.size());
    for (int[] set : sets) {
      for (int i = 0; i < set.length; i++) {
        set[i] = ranks[set[i]];
      }
      Arrays.sort(set);
    }
    return sets;
  }

  private static int[] distinct(String text, int length, LongIds ids) {
    int count = Math.max(1, text.length() - length + 1);
    return IntStream.range(0, count)
        .map(start -> ids.of(hash(text, start, Math.min(text.length(), start + length))))
        .sorted()
        .distinct()
        .toArray();
  }

  private static long hash(String text, int from, int to) {
    long state = GOLDEN;
    for (int i = from; i < to; i++) {
      state = (state ^ text.charAt(i)) * GOLDEN;
      state ^= state >>> 32;
    }
    return state;
  }

  private static int[] ranks(int[][] sets, int shingles) {
    int[] texts = new int[shingles];
    for (int[] set : sets) {
      for (int id : set) {
        texts[id]++;
      }
    }
    int[] ranks = new int[shingles];
    int rank = 0;
    // Numbers break ties, so that the order depends on the texts alone.
    for (int id : rarestFirst(texts)) {
      ranks[id] = rank++;
    }
    return ranks;
  }

  /** A counting sort: there may be millions. */
  private static int[] rarestFirst(int[] counts) {
    int most = Arrays.stream(counts).max().orElse(0);
    int[] next = new int[most + 2];
    for (int count : counts) {
      next[count + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] order = new int[counts.length];
    for (int id = 0; id < counts.length; id++) {
      order[next[counts[id]]++] = id;
    }
    return order;
  }

  /** Places of the sets by rising size. */
  static int[] bySize(int[][] sets) {
    return IntStream.range(0, sets.length)
        .boxed()
        .sorted(Comparator.comparingInt(i -> sets[i].length))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
