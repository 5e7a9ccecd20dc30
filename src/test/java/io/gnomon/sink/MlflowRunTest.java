package io.gnomon.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceFile;
import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowRunTest {
  private static final long MINUTE = 61_000_000_000L;

  @TempDir Path root;
  private Path folder = Path.of("");
  private final List<String> notes = new ArrayList<>();
  private long clock = -17;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectories(root.resolve("moods/cells/films/tokens/seed-3"));
    Files.writeString(
        folder.resolve("provenance.json"), "{\"commit\": \"abc\", \"dirty\": false, \"cores\": 2}");
  }

  @Test
  void aRunHasParametersTagsRowsAndAnEnd() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      TraceSinks sinks = sinks(server.address());
      trace(sinks, 0, 7);
      assertEquals("RUNNING", server.only().status);
      sinks.end(Ending.FINISHED);
      FakeMlflow.Kept run = server.only();
      assertEquals("FINISHED", run.status);
      assertEquals("films/tokens/seed-3", run.name);
      assertEquals(Map.of("tokens", "e0"), server.experiments);
      assertEquals("e0", run.experiment);
      assertEquals("96", run.params.get("student.hidden"));
      assertEquals(500, String.valueOf(run.params.get("task.prompt.prefix")).length());
      assertEquals("x", run.params.get("task.classes.Sci_Tech_"));
      assertEquals("abc", run.tags.get("mlflow.source.git.commit"));
      assertEquals("2", run.tags.get("gnomon.cores"));
      assertEquals(
          List.of(
              "alpha@0=1.0", "loss_parts/mass@0=-0.5", "alpha@7=0.125", "loss_parts/mass@7=-0.5"),
          run.metrics);
      assertEquals(List.of(), notes);
    }
  }

  @Test
  void aServerThatIsAwayIsToldOfOnceAndGivenAllLater() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      server.failing = 503;
      TraceSinks sinks = sinks(server.address());
      trace(sinks, 0, 7);
      assertEquals(1, server.methods.size(), "asked again no sooner than after a minute");
      clock += MINUTE;
      trace(sinks, 11);
      assertEquals(2, server.methods.size());
      assertEquals(1, notes.size(), notes::toString);
      assertTrue(
          notes
              .get(0)
              .matches(
                  "mlflow:http://127.0.0.1:[0-9]+/: HTTP 503 without JSON, which MLflow would"
                      + " answer; the run goes on, .* under --resume"),
          notes.get(0));
      server.failing = null;
      clock += MINUTE;
      trace(sinks, 13);
      assertEquals(List.of(0L, 7L, 11L, 13L), steps(server.only()));
      server.failing = 500;
      clock += MINUTE;
      trace(sinks, 17);
      server.failing = null;
      sinks.end(Ending.STOPPED);
      assertEquals(List.of(0L, 7L, 11L, 13L, 17L), steps(server.only()));
      assertEquals("KILLED", server.only().status);
      assertEquals(1, notes.size(), notes::toString);
    }
  }

  @Test
  void nobodyThereEndsNothing() throws IOException {
    URI nowhere;
    try (FakeMlflow gone = new FakeMlflow()) {
      nowhere = gone.address();
    }
    TraceSinks sinks = sinks(nowhere);
    trace(sinks, 0, 7);
    sinks.end(Ending.FINISHED);
    assertEquals(1, notes.size(), notes::toString);
    assertTrue(notes.get(0).contains("/: cannot be reached; the run goes on, "), notes.get(0));
    assertFalse(Files.exists(folder.resolve("mlflow.json")));
  }

  /** Killed behind step 11, saved behind 7: what is made again is not sent again. */
  @Test
  void aResumedRunGoesOnWithTheSame() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      trace(sinks(server.address()), 0, 7, 11);
      new TraceFile(folder.resolve("trace.jsonl")).truncateAfter(7);
      TraceSinks resumed = sinks(server.address());
      trace(resumed, 11, 13);
      resumed.end(Ending.FINISHED);
      assertEquals(List.of(0L, 7L, 11L, 13L), steps(server.only()));
      assertEquals("FINISHED", server.only().status);
    }
  }

  @Test
  void aRunThatTheServerLostIsBegunAnewWithAllRows() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      trace(sinks(server.address()), 0, 7);
      server.runs.clear();
      trace(sinks(server.address()), 11);
      assertEquals(List.of(0L, 7L, 11L), steps(server.only()));
      assertEquals(List.of(), notes);
    }
  }

  @Test
  void manyRowsGoInSeveralBatches() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      TraceFile file = new TraceFile(folder.resolve("trace.jsonl"));
      for (int step = 0; step < 67; step++) {
        file.append(row(step));
      }
      sinks(server.address()).end(Ending.FAILED);
      assertEquals(67, steps(server.only()).size());
      assertEquals("FAILED", server.only().status);
      assertEquals(
          3 + 2, server.methods.stream().filter(name -> name.equals("runs/log-batch")).count());
    }
  }

  @Test
  void theEnvironmentSaysWhoAsks() throws IOException {
    try (FakeMlflow server = new FakeMlflow()) {
      Map<String, String> environment =
          Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret");
      assertEquals(
          0,
          new MlflowServer(server.address(), environment)
              .post("experiments/create", Map.of("name", "x"))
              .path("runs")
              .size());
      assertEquals("Basic bWU6c2VjcmV0", server.authorization);
      assertEquals(
          1,
          new MlflowServer(server.address(), Map.of("MLFLOW_TRACKING_TOKEN", "t"))
              .get("experiments/get-by-name", "experiment_name", "x")
              .size());
      assertEquals("Bearer t", server.authorization);
    }
  }

  /** A token is for the server that it was given for. */
  @Test
  void aTokenFollowsNoRedirect() throws IOException {
    try (FakeMlflow server = new FakeMlflow();
        FakeMlflow other = new FakeMlflow()) {
      server.elsewhere = other.address();
      MlflowServer asked =
          new MlflowServer(server.address(), Map.of("MLFLOW_TRACKING_TOKEN", "secret"));
      IOException refused =
          assertThrows(
              IOException.class,
              () -> asked.get("experiments/get-by-name", "experiment_name", "x"));
      assertEquals(
          "HTTP 301: give the address it redirects to, "
              + other.address().toString().replaceFirst("/$", ""),
          refused.getMessage());
      assertEquals("Bearer secret", server.authorization);
      assertEquals(List.of(), other.methods);
    }
  }

  private TraceSinks sinks(URI address) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("student.hidden", "96");
    settings.put("task.prompt.prefix", "so ".repeat(700));
    settings.put("task.classes.Sci:Tech!", "x");
    for (int i = 0; i < 131; i++) {
      settings.put("more." + i, "1");
    }
    MlflowRun run =
        new MlflowRun(new MlflowServer(address, Map.of()), folder, "tokens", settings, () -> clock);
    return new TraceSinks(new TraceFile(folder.resolve("trace.jsonl")), List.of(run), notes::add);
  }

  private void trace(TraceSinks sinks, long... steps) {
    TraceFile file = new TraceFile(folder.resolve("trace.jsonl"));
    for (long step : steps) {
      file.append(row(step));
      sinks.traced(row(step));
    }
  }

  private static TraceRow row(long step) {
    return TraceRow.at(step).put(Measure.ALPHA, 1.0 / (step + 1)).putLossPart("mass", -0.5).build();
  }

  private static List<Long> steps(FakeMlflow.Kept run) {
    return run.metrics.stream()
        .filter(metric -> metric.startsWith("alpha@"))
        .map(metric -> Long.valueOf(metric.replaceAll("alpha@|=.*", "")))
        .toList();
  }
}
