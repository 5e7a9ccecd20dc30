package io.gnomon.answer;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Of how many batches a run asked its teacher itself, over all its sittings; the answers to the
 * others it read. Counts on whatever thread asks, and is saved with the run's state: what a killed
 * sitting asked behind its last state is read by the next, and counts as read.
 */
public final class AskedCount {
  private final AtomicLong asked = new AtomicLong();
  private volatile boolean known = true;

  /** {@code teacher}, each of whose answers counts. */
  public Answers counting(Answers teacher) {
    return (index, x) -> {
      asked.incrementAndGet();
      return teacher.probabilities(index, x);
    };
  }

  /**
   * Goes on from a saved state.
   *
   * @param before what it holds; empty where it does not say, and then nothing is known any more
   */
  public void resume(OptionalLong before) {
    known = before.isPresent();
    asked.addAndGet(before.orElse(0));
  }

  /** Batches so far; empty where it is not known. */
  public OptionalLong batches() {
    return known ? OptionalLong.of(asked.get()) : OptionalLong.empty();
  }
}
