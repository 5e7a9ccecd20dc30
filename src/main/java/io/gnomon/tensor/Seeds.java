package io.gnomon.tensor;

import java.util.SplittableRandom;

/**
 * Seeds that name what they are for, so that no two streams of a run share randomness and any one
 * of them can be drawn again alone: (run seed, stream name, index) → seed.
 */
public final class Seeds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /**
   * The seed of item {@code index} of the stream named {@code stream} under the run's {@code seed}.
   */
  public static long derive(long seed, String stream, long index) {
    long state = mix(seed + GOLDEN);
    for (int i = 0; i < stream.length(); i++) {
      state = mix(state * 31 + stream.charAt(i));
    }
    return mix(state + GOLDEN * (index + 1));
  }

  /** A generator at {@link #derive}(seed, stream, index). */
  public static SplittableRandom random(long seed, String stream, long index) {
    return new SplittableRandom(derive(seed, stream, index));
  }

  /** The finalizer of MurmurHash3 (variant 13 of D. Stafford), as SplitMix64 uses it. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
