package io.gnomon.sampler;

import java.util.Arrays;
import java.util.List;

/**
 * How often each token stands in text, as far as a byte-pair tokenizer's merges tell: no text is
 * needed. Training merges the most frequent pair there is, so the count c_r at which merge r was
 * made falls with r; and each occurrence that a later merge takes is one less of its parts. What is
 * left of a token is its own count less those of all merges that use it: "he", second of all, is
 * all but used up by "the", "her" and "here".
 *
 * <p>c is the slowest to rise of those that rise towards the front at least as Zipf's law does, c_r
 * ≥ c_{r+1} ((r + 1 + q)/(r + q))^s, and leave nothing negative.
 */
final class MergeCounts {
  /** Of a token that later merges use up, against the last merge's count; of a base letter too. */
  private static final double LEAST = 0.1;

  private final double[] counts;

  /**
   * @param tokens V
   * @param merges left part, right part and result of each, every result once, the first made first
   */
  MergeCounts(int tokens, List<int[]> merges, double exponent, double offset) {
    int last = merges.stream().flatMapToInt(Arrays::stream).max().orElse(0);
    double[] used = new double[Math.max(tokens, last + 1)];
    counts = new double[used.length];
    double count = 1;
    for (int r = merges.size(); r > 0; r--) {
      int[] merge = merges.get(r - 1);
      int result = merge[2];
      double rise = r == merges.size() ? 1 : (r + 1 + offset) / (r + offset);
      count = Math.max(count * Math.pow(rise, exponent), used[result]);
      counts[result] = Math.max(count - used[result], LEAST);
      used[merge[0]] += count;
      used[merge[1]] += count;
    }
  }

  /** Relative frequency of a token, positive. */
  double of(int token) {
    return Math.max(counts[token], LEAST);
  }
}
