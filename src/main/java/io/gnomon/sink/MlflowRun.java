package io.gnomon.sink;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.sink.MlflowServer.Refusal;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run on an MLflow tracking server: the configuration as its parameters, provenance as its tags,
 * the trace as its metrics. {@code mlflow.json} in the run's folder says which run it is and up to
 * which step it has the rows, so that a resumed run goes on with the same one.
 */
final class MlflowRun implements TraceSink {
  /** A server that is away is asked again no sooner: training waits while it is. */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(60);

  /** MLflow takes 1,000 metrics at a time, a row has some twenty. */
  private static final int ROWS = 30;

  /** MLflow takes so many parameters at a time. */
  private static final int PARAMETERS = 100;

  /** Older servers take no longer value. */
  private static final int LONGEST = 500;

  private final MlflowServer server;
  private final Path folder;
  private final String experiment;
  private final Map<String, String> settings;
  private final LongSupplier nanos;
  private final Map<Long, Long> seen = new HashMap<>();
  private @Nullable String run;
  private long sent = -1;
  private boolean begun;
  private @Nullable Long notBefore;

  /**
   * A run that is begun, or found again, with its first rows.
   *
   * @param folder the run's own
   * @param nanos a clock
   */
  MlflowRun(
      MlflowServer server,
      Path folder,
      String experiment,
      Map<String, String> settings,
      LongSupplier nanos) {
    this.server = server;
    this.folder = folder;
    this.experiment = experiment;
    this.settings = settings;
    this.nanos = nanos;
  }

  @Override
  public String name() {
    return "mlflow:" + server.address();
  }

  @Override
  public void update(List<TraceRow> rows) throws IOException {
    for (TraceRow row : rows) {
      // Kept, as the same number sent twice under one time is one to MLflow.
      seen.putIfAbsent(row.step(), System.currentTimeMillis());
    }
    if (notBefore != null && nanos.getAsLong() - notBefore < 0) {
      return;
    }
    try {
      begin();
      send(rows.stream().filter(row -> row.step() > sent).toList());
      notBefore = null;
    } catch (IOException e) {
      notBefore = nanos.getAsLong() + PAUSE;
      throw e;
    }
  }

  @Override
  public void end(List<TraceRow> rows, Ending ending) throws IOException {
    notBefore = null;
    update(rows);
    String status =
        switch (ending) {
          case FINISHED -> "FINISHED";
          case STOPPED -> "KILLED";
          case FAILED -> "FAILED";
        };
    status(status, Map.of("end_time", System.currentTimeMillis()));
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    if (!found()) {
      create();
    }
    List<Map<String, Object>> parameters = new ArrayList<>();
    settings.forEach((key, value) -> parameters.add(entry(key, value)));
    for (int i = 0; i < parameters.size(); i += PARAMETERS) {
      List<?> some = parameters.subList(i, Math.min(parameters.size(), i + PARAMETERS));
      log(Map.of("params", some));
    }
    begun = true;
  }

  /** Whether an earlier sitting's run is there to go on with. */
  private boolean found() throws IOException {
    if (!Files.isRegularFile(file())) {
      return false;
    }
    JsonNode kept = Json.read(file());
    if (!kept.path("server").asString("").equals(server.address().toString())) {
      return false;
    }
    run = kept.path("run_id").asString("");
    sent = kept.path("sent").asLong(-1);
    try {
      status("RUNNING", Map.of());
      return true;
    } catch (Refusal e) {
      if (e.isMissing()) {
        return false;
      }
      throw e;
    }
  }

  private void create() throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("experiment_id", experimentId());
    body.put("run_name", runName());
    body.put("start_time", System.currentTimeMillis());
    body.put("tags", tags());
    run = server.post("runs/create", body).path("run").path("info").path("run_id").asString("");
    if (run.isEmpty()) {
      throw new IOException("no MLflow server: it gave no run_id");
    }
    sent = -1;
    keep();
  }

  private String experimentId() throws IOException {
    try {
      return server
          .get("experiments/get-by-name", "experiment_name", experiment)
          .path("experiment")
          .path("experiment_id")
          .asString("");
    } catch (Refusal e) {
      if (!e.isMissing()) {
        throw e;
      }
      Map<String, Object> body = Map.of("name", experiment);
      return server.post("experiments/create", body).path("experiment_id").asString("");
    }
  }

  /** The folder's name; of a suite's cell, task, approach and seed. */
  private String runName() {
    String path = folder.toAbsolutePath().normalize().toString().replace('\\', '/');
    int cells = path.lastIndexOf("/cells/");
    return cells < 0
        ? String.valueOf(folder.getFileName())
        : path.substring(cells + "/cells/".length());
  }

  private List<Map<String, Object>> tags() {
    List<Map<String, Object>> tags = new ArrayList<>();
    tags.add(entry("mlflow.source.name", "gnomon"));
    tags.add(entry("mlflow.source.type", "LOCAL"));
    Path provenance = folder.resolve("provenance.json");
    if (Files.isRegularFile(provenance)) {
      JsonNode facts = Json.read(provenance);
      for (Map.Entry<String, JsonNode> fact : facts.properties()) {
        tags.add(entry("gnomon." + fact.getKey(), fact.getValue().asString("")));
      }
      String commit = facts.path("commit").asString("");
      if (!commit.isEmpty()) {
        tags.add(entry("mlflow.source.git.commit", commit));
      }
    }
    return tags;
  }

  private static Map<String, Object> entry(String key, String value) {
    String cut = value.length() <= LONGEST ? value : value.substring(0, LONGEST - 1) + "…";
    return Map.of("key", allowed(key), "value", cut);
  }

  /** MLflow takes letters, digits and these. */
  private static String allowed(String key) {
    return key.replaceAll("[^A-Za-z0-9_./ -]", "_");
  }

  private void send(List<TraceRow> rows) throws IOException {
    for (int i = 0; i < rows.size(); i += ROWS) {
      List<TraceRow> some = rows.subList(i, Math.min(rows.size(), i + ROWS));
      List<Map<String, Object>> metrics = new ArrayList<>();
      some.forEach(row -> add(row, metrics));
      log(Map.of("metrics", metrics));
      sent = some.get(some.size() - 1).step();
      keep();
    }
  }

  private void add(TraceRow row, List<Map<String, Object>> metrics) {
    ScalarEvent.scalars(row)
        .forEach(
            (key, value) ->
                metrics.add(
                    Map.of(
                        "key",
                        allowed(key),
                        "value",
                        value,
                        "timestamp",
                        Objects.requireNonNull(seen.get(row.step())),
                        "step",
                        row.step())));
  }

  private void log(Map<String, Object> what) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("run_id", run);
    body.putAll(what);
    JsonNode unused = server.post("runs/log-batch", body);
  }

  private void status(String status, Map<String, Object> more) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("run_id", run);
    body.put("status", status);
    body.putAll(more);
    JsonNode unused = server.post("runs/update", body);
  }

  private Path file() {
    return folder.resolve("mlflow.json");
  }

  private void keep() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("server", server.address().toString());
    kept.put("run_id", run);
    kept.put("sent", sent);
    AtomicFiles.writeString(file(), Json.write(kept));
  }
}
