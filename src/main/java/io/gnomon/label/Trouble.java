package io.gnomon.label;

import dev.langchain4j.exception.HttpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why there was no answer.
 *
 * @param kind what to do about it
 * @param name for counting: a status, timeout, connection or unreadable
 * @param cause in words, the key struck out
 * @param retryAfter how long the server asks to wait
 */
record Trouble(Kind kind, String name, String cause, @Nullable Duration retryAfter) {
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NO_CREDIT = 402;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TIMEOUT = 408;
  private static final int UNPROCESSABLE = 422;
  private static final int EARLY = 425;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  /** What to do. */
  enum Kind {
    /** Ask again later. */
    PASSING,
    /** Leave this text aside. */
    OF_TEXT,
    /** Leave this text aside, unless it was the schema that the server refuses. */
    OF_REQUEST,
    /** Stop: nothing will be answered. */
    OF_JOB
  }

  static Trouble of(RuntimeException failure, Secret secret) {
    HttpException refused = find(failure, HttpException.class);
    if (refused != null) {
      return refused(refused, secret);
    }
    IOException broken = find(failure, IOException.class);
    if (broken == null || isJson(broken)) {
      return passing("unreadable", "an unreadable answer: " + said(failure, secret));
    }
    if (broken instanceof HttpTimeoutException) {
      return passing("timeout", said(broken, secret));
    }
    return passing(
        "connection",
        broken instanceof ConnectException
            ? "no connection"
            : "a connection that ended: " + said(broken, secret));
  }

  /** Jackson 2, within LangChain4j, has its exceptions among those of files and connections. */
  private static boolean isJson(IOException cause) {
    return cause.getClass().getName().startsWith("com.fasterxml.");
  }

  private static Trouble refused(HttpException refused, Secret secret) {
    int status = refused.statusCode();
    Duration wait = refused instanceof HttpRefusal told ? told.retryAfter().orElse(null) : null;
    return new Trouble(
        kind(status), Integer.toString(status), status + " " + said(refused, secret), wait);
  }

  private static Kind kind(int status) {
    return switch (status) {
      case UNAUTHORIZED, NO_CREDIT, FORBIDDEN, NOT_FOUND -> Kind.OF_JOB;
      case TIMEOUT, EARLY, TOO_MANY -> Kind.PASSING;
      case BAD_REQUEST, UNPROCESSABLE -> Kind.OF_REQUEST;
      default -> status >= SERVER ? Kind.PASSING : Kind.OF_TEXT;
    };
  }

  private static Trouble passing(String name, String cause) {
    return new Trouble(Kind.PASSING, name, cause, null);
  }

  private static String said(Throwable failure, Secret secret) {
    String message =
        Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    return Shortened.of(secret.hide(message));
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (type.isInstance(link)) {
        return type.cast(link);
      }
    }
    return null;
  }
}
