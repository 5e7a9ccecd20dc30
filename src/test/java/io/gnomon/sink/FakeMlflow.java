package io.gnomon.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of a tracking server as a run speaks to, with its limits. */
final class FakeMlflow implements AutoCloseable {
  final List<String> methods = new ArrayList<>();
  final Map<String, String> experiments = new TreeMap<>();
  final Map<String, Kept> runs = new LinkedHashMap<>();

  /** What every request is answered with, where there is one. */
  @Nullable Integer failing;

  @Nullable String authorization;

  /** Where every request is sent on to, where there is such a place. */
  @Nullable URI elsewhere;

  private final HttpServer server;

  /** What it knows of a run. */
  static final class Kept {
    String status = "RUNNING";
    String experiment = "";
    String name = "";
    final Map<String, String> params = new TreeMap<>();
    final Map<String, String> tags = new TreeMap<>();
    final List<String> metrics = new ArrayList<>();
  }

  FakeMlflow() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  Kept only() {
    if (runs.size() != 1) {
      throw new AssertionError(runs.keySet());
    }
    return runs.values().iterator().next();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = path.replace("/api/2.0/mlflow/", "");
      methods.add(method);
      authorization = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (elsewhere != null) {
        String place = elsewhere.resolve(exchange.getRequestURI()).toString();
        exchange.getResponseHeaders().add("Location", place);
        exchange.sendResponseHeaders(301, -1);
        return;
      }
      if (failing != null) {
        answer(exchange, failing, "<html>no</html>");
        return;
      }
      try {
        JsonNode asked =
            body.length == 0
                ? JsonMapper.shared().createObjectNode()
                : JsonMapper.shared().readTree(new String(body, StandardCharsets.UTF_8));
        answer(exchange, 200, answered(method, asked, exchange.getRequestURI().getQuery()));
      } catch (IllegalArgumentException refused) {
        String code = String.valueOf(refused.getMessage());
        int status = code.equals("RESOURCE_DOES_NOT_EXIST") ? 404 : 400;
        answer(
            exchange,
            status,
            "{\"error_code\": \"%s\", \"message\": \"no such thing\"}".formatted(code));
      }
    }
  }

  private String answered(String method, JsonNode asked, @Nullable String query) {
    return switch (method) {
      case "experiments/get-by-name" -> experiment(String.valueOf(query).replaceFirst(".*=", ""));
      case "experiments/create" -> created(asked.path("name").asString());
      case "runs/create" -> begun(asked);
      case "runs/update" -> updated(asked);
      case "runs/log-batch" -> logged(asked);
      default -> throw new IllegalArgumentException("ENDPOINT_NOT_FOUND");
    };
  }

  private String experiment(String name) {
    String id = experiments.get(name);
    require(id != null, "RESOURCE_DOES_NOT_EXIST");
    return "{\"experiment\": {\"experiment_id\": \"%s\"}}".formatted(id);
  }

  private String created(String name) {
    experiments.put(name, "e" + experiments.size());
    return "{\"experiment_id\": \"%s\"}".formatted(experiments.get(name));
  }

  private String begun(JsonNode asked) {
    Kept run = new Kept();
    run.experiment = asked.path("experiment_id").asString();
    run.name = asked.path("run_name").asString();
    for (JsonNode tag : asked.path("tags")) {
      run.tags.put(tag.path("key").asString(), tag.path("value").asString());
    }
    String id = "r" + runs.size();
    runs.put(id, run);
    return "{\"run\": {\"info\": {\"run_id\": \"%s\"}}}".formatted(id);
  }

  private Kept run(JsonNode asked) {
    Kept run = runs.get(asked.path("run_id").asString());
    require(run != null, "RESOURCE_DOES_NOT_EXIST");
    return run == null ? new Kept() : run;
  }

  private String updated(JsonNode asked) {
    run(asked).status = asked.path("status").asString();
    return "{}";
  }

  private String logged(JsonNode asked) {
    Kept run = run(asked);
    require(asked.path("metrics").size() <= 1000, "INVALID_PARAMETER_VALUE");
    require(asked.path("params").size() <= 100, "INVALID_PARAMETER_VALUE");
    for (JsonNode param : asked.path("params")) {
      String key = param.path("key").asString();
      String value = param.path("value").asString();
      require(key.matches("[A-Za-z0-9_./ -]+") && value.length() <= 500, "INVALID_PARAMETER_VALUE");
      String before = run.params.put(key, value);
      require(before == null || before.equals(value), "INVALID_PARAMETER_VALUE");
    }
    for (JsonNode metric : asked.path("metrics")) {
      require(metric.path("timestamp").asLong() > 0, "INVALID_PARAMETER_VALUE");
      run.metrics.add(
          metric.path("key").asString()
              + "@"
              + metric.path("step").asLong()
              + "="
              + metric.path("value").asDouble());
    }
    return "{}";
  }

  private static void require(boolean good, String code) {
    if (!good) {
      throw new IllegalArgumentException(code);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
