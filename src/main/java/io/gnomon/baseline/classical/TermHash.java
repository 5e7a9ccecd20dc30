package io.gnomon.baseline.classical;

/** 64-bit names of terms. */
final class TermHash {
  private static final long START = 0x9E3779B97F4A7C15L;
  private static final long FACTOR = 0xD6E8FEB86659FD93L;

  private TermHash() {}

  /** The name of the code points [from, to). */
  static long of(int[] points, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = append(hash, points[i]);
    }
    return finish(hash);
  }

  /** The name of two terms in this order. */
  static long of(long first, long second) {
    return finish(append(append(START, first), second));
  }

  private static long append(long hash, long part) {
    long mixed = (hash ^ part) * FACTOR;
    return mixed ^ (mixed >>> 32);
  }

  /** The last two rounds of SplitMix64, so that all bits depend on all. */
  private static long finish(long hash) {
    long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
