package io.gnomon.label;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server's refusal, with how long it asks to wait. */
final class HttpRefusal extends HttpException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  HttpRefusal(int status, String body, @Nullable Duration retryAfter) {
    super(status, body);
    this.retryAfter = retryAfter;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
