package io.gnomon.label;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The JDK's HTTP client for LangChain4j, whose own says nothing of a refusal's headers, and waits
 * without end for a body that stops half-way.
 */
final class JdkHttp implements HttpClient {
  private static final int SUCCESS = 200;
  private static final int BEYOND = 300;

  private final java.net.http.HttpClient client;
  private final Duration timeout;

  /**
   * @param timeout of a whole answer
   */
  JdkHttp(Duration connect, Duration timeout) {
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER) // a key is for one server
            .connectTimeout(connect)
            .build();
    this.timeout = timeout;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    java.net.http.HttpResponse<String> response = send(built(request));
    int status = response.statusCode();
    if (status < SUCCESS || status >= BEYOND) {
      Duration wait =
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(header -> RetryAfter.of(header, Instant.now()))
              .orElse(null);
      throw new HttpRefusal(status, response.body(), wait);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(response.headers().map())
        .body(response.body())
        .build();
  }

  private static java.net.http.HttpRequest built(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request
        .headers()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    String body = request.body();
    return builder
        .method(
            request.method().name(),
            body == null
                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private java.net.http.HttpResponse<String> send(java.net.http.HttpRequest request) {
    CompletableFuture<java.net.http.HttpResponse<String>> sent =
        client.sendAsync(request, java.net.http.HttpResponse.BodyHandlers.ofString());
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true); // closes the connection
      throw new UncheckedIOException(
          new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms"));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new UncheckedIOException(
          cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause));
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /** Answers come whole here. */
  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("no answer is streamed");
  }
}
