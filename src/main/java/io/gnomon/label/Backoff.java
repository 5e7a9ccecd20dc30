package io.gnomon.label;

import io.gnomon.tensor.Seeds;
import java.time.Duration;

/**
 * How long to wait before a question is asked again: twice as long each time, less a random part,
 * so that those refused together do not come again together.
 *
 * @param retries how often a question is asked again
 * @param first wait before the first time
 */
public record Backoff(int retries, Duration first) {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 20;

  /**
   * From half to the whole of {@code first} · 2^attempt, at most a minute.
   *
   * @param attempt from 0
   * @param question which of all questions, for the random part
   */
  Duration before(int attempt, long question) {
    double whole = (double) first.toMillis() * (1L << Math.min(attempt, MOST_DOUBLINGS));
    double bounded = Math.min(whole, (double) LONGEST.toMillis());
    double share = Seeds.random(attempt, "back-off", question).nextDouble();
    return Duration.ofMillis(Math.round(bounded * (1 + share) / 2));
  }
}
