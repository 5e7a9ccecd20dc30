package io.gnomon.label;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Builds {@link JdkHttp} for a model of LangChain4j, which sets the timeouts. */
final class JdkHttpBuilder implements HttpClientBuilder {
  private Duration connect = Duration.ofSeconds(10);
  private Duration read = Duration.ofMinutes(2);

  @Override
  public Duration connectTimeout() {
    return connect;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    connect = timeout;
    return this;
  }

  @Override
  public Duration readTimeout() {
    return read;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    read = timeout;
    return this;
  }

  @Override
  public HttpClient build() {
    return new JdkHttp(connect, read);
  }
}
