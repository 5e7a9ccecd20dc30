package io.gnomon.label;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Waiting that ends when the job does; what a server asks of one question holds for all. */
final class Pause {
  private static final long SLICE_MILLISECONDS = 50;

  private final BooleanSupplier stop;

  /** {@link System#nanoTime} before which nobody asks; far past at first. */
  private final AtomicLong until = new AtomicLong(System.nanoTime());

  Pause(BooleanSupplier stop) {
    this.stop = stop;
  }

  /** Has everybody wait. */
  void all(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    until.accumulateAndGet(end, (one, other) -> one - other > 0 ? one : other);
  }

  /**
   * Waits until everybody may ask.
   *
   * @throws CancellationException when the job is to stop
   */
  void pass() {
    sleepUntil(until.get());
  }

  /** Waits by itself; see {@link #pass}. */
  void alone(Duration wait) {
    sleepUntil(System.nanoTime() + wait.toNanos());
  }

  private void sleepUntil(long end) {
    try {
      while (true) {
        if (stop.getAsBoolean()) {
          throw new CancellationException("stopped");
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        Thread.sleep(Math.min(left / 1_000_000 + 1, SLICE_MILLISECONDS)); // never too short
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
