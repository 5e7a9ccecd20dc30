package io.gnomon.label;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The header Retry-After: seconds, or a date.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {
  /** A server that names a later day is asked again a day from now. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait from {@code now} on; empty when it is neither. */
  static Optional<Duration> of(String header, Instant now) {
    String value = header.strip();
    try {
      if (value.matches("\\d+")) {
        return Optional.of(
            value.length() > DIGITS ? LONGEST : bounded(Duration.ofSeconds(Long.parseLong(value))));
      }
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, then)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
