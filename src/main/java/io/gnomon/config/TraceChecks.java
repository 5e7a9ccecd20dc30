package io.gnomon.config;

import io.gnomon.config.Checks.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks of where a trace goes. */
final class TraceChecks {
  private static final String ALLOWED =
      "tensorboard, or mlflow: and a server, as mlflow:http://127.0.0.1:5000; each once";

  private TraceChecks() {}

  static void sinks(Fields fields) {
    List<?> sinks = fields.get("to", List.class);
    if (sinks == null) {
      return;
    }
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < sinks.size(); i++) {
      String sink = String.valueOf(sinks.get(i));
      String wrong = wrong(sink);
      if (wrong == null && !kinds.add(sink.replaceFirst(":.*", ""))) {
        wrong = "a second '" + sink.replaceFirst(":.*", "") + "'";
      }
      if (wrong != null) {
        fields.report("to." + i, wrong, ALLOWED, near(sink));
      }
    }
  }

  private static @Nullable String wrong(String sink) {
    if (sink.equals("tensorboard")) {
      return null;
    }
    if (!sink.startsWith("mlflow:")) {
      return "the text '" + sink + "'";
    }
    try {
      URI server = new URI(sink.substring("mlflow:".length()));
      if (server.getUserInfo() != null) {
        return "a password within the address, which config.yaml would keep; put it into"
            + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD";
      }
      boolean web = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
      return web && server.getHost() != null ? null : "no http or https address in '" + sink + "'";
    } catch (URISyntaxException e) {
      return "no address in '" + sink + "'";
    }
  }

  private static @Nullable String near(String sink) {
    return Nearest.of(sink, List.of("tensorboard"));
  }
}
