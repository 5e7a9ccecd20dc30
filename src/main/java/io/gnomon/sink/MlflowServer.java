package io.gnomon.sink;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST interface of an MLflow tracking server, version 2.0. Who asks is told as MLflow's own
 * clients do: by {@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and {@code
 * MLFLOW_TRACKING_PASSWORD}.
 */
final class MlflowServer {
  private static final String METHODS = "/api/2.0/mlflow/";

  /** Short, as training waits meanwhile. */
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final URI address;
  private final @Nullable String authorization;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER) // a token is for one server
          .build();

  MlflowServer(URI address, Map<String, String> environment) {
    this.address = address;
    this.authorization = authorization(environment);
  }

  private static @Nullable String authorization(Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    if (token != null) {
      return "Bearer " + token;
    }
    if (user == null) {
      return null;
    }
    String both = user + ":" + environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  URI address() {
    return address;
  }

  /** The server understood and refused; {@link #code} is MLflow's own word for why. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;
    private final String code;

    Refusal(String code, String message) {
      super(message);
      this.code = code;
    }

    boolean isMissing() {
      return code.equals("RESOURCE_DOES_NOT_EXIST");
    }
  }

  JsonNode get(String method, String name, String value) throws IOException {
    String query = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(request(method + "?" + query).GET());
  }

  JsonNode post(String method, Map<String, Object> body) throws IOException {
    String json = JsonMapper.shared().writeValueAsString(body);
    return send(
        request(method)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String method) {
    String base = address.toString().replaceFirst("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + METHODS + method)).timeout(ANSWER);
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try {
      return answer(client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (ConnectException e) {
      throw new IOException("cannot be reached", e); // it has no message of its own
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What to give instead, where the server says it in a way that can be read. */
  private static String to(HttpResponse<String> response) {
    String place = response.headers().firstValue("Location").orElse("").replaceFirst("[?#].*", "");
    try {
      String whole = response.uri().resolve(place).toString();
      int method = place.isEmpty() ? -1 : whole.indexOf(METHODS);
      return method < 0 ? "" : ", " + whole.substring(0, method);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static JsonNode answer(HttpResponse<String> response) throws IOException {
    int status = response.statusCode();
    if (status / 100 == 3) {
      throw new IOException("HTTP " + status + ": give the address it redirects to" + to(response));
    }
    try {
      JsonNode answer = JsonMapper.shared().readTree(response.body());
      if (status == 200) {
        return answer;
      }
      String code = answer.path("error_code").asString("");
      String message = answer.path("message").asString("");
      throw new Refusal(code, "HTTP %d %s %s".formatted(status, code, message));
    } catch (JacksonException e) {
      throw new IOException("HTTP " + status + " without JSON, which MLflow would answer", e);
    }
  }
}
