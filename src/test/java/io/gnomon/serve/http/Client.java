package io.gnomon.serve.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Asks one server. */
final class Client {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  Client(String address) {
    this.address = address;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET().build()).join();
  }

  /** Posts to /tag. */
  CompletableFuture<HttpResponse<String>> tag(String json) {
    return send(
        request("/tag")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  /**
   * Sends anything.
   *
   * @param type the Content-Type; empty for none
   */
  HttpResponse<String> send(String method, String path, String type, BodyPublisher body) {
    HttpRequest.Builder request = request(path).method(method, body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return send(request.build()).join();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
    return http.sendAsync(request, BodyHandlers.ofString());
  }
}
