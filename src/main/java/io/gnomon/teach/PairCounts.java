package io.gnomon.teach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * How often each pair of neighbours occurs in a table of words, kept up to date as pairs merge:
 * only the words that hold the merged pair are looked at again.
 */
final class PairCounts {
  /** A pair, its count, and the words it was seen in (some perhaps no longer, some twice). */
  private static final class Pair {
    final int left;
    final int right;
    long count;
    long queued;
    int[] words = new int[2];
    int seen;

    Pair(int left, int right) {
      this.left = left;
      this.right = right;
    }

    void sawIn(int word) {
      if (seen > 0 && words[seen - 1] == word) {
        return;
      }
      if (seen == words.length) {
        words = Arrays.copyOf(words, 2 * seen);
      }
      words[seen++] = word;
    }
  }

  /** What the queue orders; its count is never below the pair's own, and may be above. */
  private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
    /** Most frequent first; ties go to the smaller ids, so that the result is determined. */
    @Override
    public int compareTo(Candidate other) {
      int order = Long.compare(other.count, count);
      if (order == 0) {
        order = Integer.compare(pair.left, other.pair.left);
      }
      return order == 0 ? Integer.compare(pair.right, other.pair.right) : order;
    }
  }

  private final int[][] words;
  private final long[] frequencies;
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
  private final List<Pair> touched = new ArrayList<>();

  /** {@code words[i]} as ids, occurring {@code frequencies[i]} times. Takes the arrays over. */
  PairCounts(int[][] words, long[] frequencies) {
    this.words = words;
    this.frequencies = frequencies;
    for (int word = 0; word < words.length; word++) {
      for (int at = 0; at + 1 < words[word].length; at++) {
        count(word, at, frequencies[word]).sawIn(word);
      }
    }
    enqueueTouched();
  }

  /** The most frequent pair as {left, right}, if any occurs {@code least} times. */
  int @Nullable [] mostFrequent(long least) {
    for (Candidate first = queue.poll(); first != null; first = queue.poll()) {
      Pair pair = first.pair;
      if (first.count == pair.count && pair.count >= least) {
        pair.queued = 0;
        return new int[] {pair.left, pair.right};
      }
      if (first.count == pair.queued) { // it has become rarer since it was queued
        pair.queued = 0;
        enqueue(pair, least);
      }
    }
    return null;
  }

  /** Replaces the pair by {@code result} wherever it occurs. */
  void merge(int left, int right, int result) {
    Pair pair = pairs.get(BpeVocabulary.pair(left, right));
    if (pair == null) {
      return;
    }
    int[] holders = Arrays.copyOf(pair.words, pair.seen);
    pair.seen = 0;
    for (int word : holders) {
      mergeIn(word, left, right, result);
    }
    enqueueTouched();
  }

  private void mergeIn(int word, int left, int right, int result) {
    int[] merged = replace(words[word], left, right, result);
    if (merged.length == words[word].length) {
      return;
    }
    for (int at = 0; at + 1 < words[word].length; at++) {
      count(word, at, -frequencies[word]);
    }
    words[word] = merged;
    for (int at = 0; at + 1 < merged.length; at++) {
      Pair pair = count(word, at, frequencies[word]);
      if (merged[at] == result || merged[at + 1] == result) { // only these can be new to the word
        pair.sawIn(word);
      }
    }
  }

  private static int[] replace(int[] word, int left, int right, int result) {
    int[] merged = new int[word.length];
    int length = 0;
    for (int at = 0; at < word.length; at++) {
      boolean here = word[at] == left && at + 1 < word.length && word[at + 1] == right;
      merged[length++] = here ? result : word[at];
      at += here ? 1 : 0;
    }
    return Arrays.copyOf(merged, length);
  }

  private Pair count(int word, int at, long change) {
    int left = words[word][at];
    int right = words[word][at + 1];
    Pair pair =
        pairs.computeIfAbsent(BpeVocabulary.pair(left, right), unseen -> new Pair(left, right));
    pair.count += change;
    if (change > 0) {
      touched.add(pair);
    }
    return pair;
  }

  private void enqueueTouched() {
    touched.forEach(pair -> enqueue(pair, 1));
    touched.clear();
  }

  private void enqueue(Pair pair, long least) {
    if (pair.count > pair.queued && pair.count >= least) {
      pair.queued = pair.count;
      queue.add(new Candidate(pair, pair.count));
    }
  }
}
