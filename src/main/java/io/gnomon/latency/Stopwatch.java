package io.gnomon.latency;

/** How classifiers are warmed up and timed, among others or by themselves. */
public final class Stopwatch {
  /**
   * Nanoseconds of warming up: what takes microseconds is compiled only after thousands of calls.
   */
  public static final long WARM_UP = 2_000_000_000L;

  private Stopwatch() {}

  /** Repeats {@code round} for so many nanoseconds, once at least. */
  public static void warmUp(Runnable round, long nanoseconds) {
    long start = System.nanoTime();
    do {
      round.run();
    } while (System.nanoTime() - start < nanoseconds);
  }

  /** Seconds that {@code work} took, more than 0: a clock that stood would make speeds infinite. */
  public static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Math.max(1, System.nanoTime() - start) / 1e9;
  }
}
