package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import io.gnomon.serve.Tagger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServeCommandTest {
  private static final String TEXT = "so good, so very good";

  @TempDir Path root;

  /** A server in a process of its own, told to stop while a request waits for company. */
  @Test
  void answersAsTheTaggerDoesAndEndsInGoodOrder() throws IOException, InterruptedException {
    Path model = export();
    Process process = start(model);
    try (BufferedReader out =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        BufferedReader err =
            new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      String address = out.readLine();
      assertTrue(address.matches("http://127\\.0\\.0\\.1:\\d+"), address);
      CompletableFuture<HttpResponse<String>> waiting = tag(address);
      awaitQueue(address);
      process.toHandle().destroy(); // not the process's own method, which closes its streams
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(ExitCode.OK, process.exitValue());
      check(model, waiting.join().body());
      assertEquals(
          List.of(
              "gnomon: serves tiny (positive, negative), threads: 1",
              "gnomon: stops when what is queued is answered"),
          // The JVM itself has a line to say where JAVA_TOOL_OPTIONS is set.
          err.lines().filter(line -> line.startsWith("gnomon: ")).toList());
    } finally {
      process.destroyForcibly();
    }
  }

  private Path export() {
    return Exports.onnx(
        TinyRun.write(root, 14, false), ExportPrecision.FP32, root.resolve("model"));
  }

  private static Process start(Path model) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.gnomon.cli.Main",
            "serve",
            model.toString(),
            "--port",
            "0",
            "--window",
            "10000",
            "--threads",
            "1")
        .start();
  }

  private static CompletableFuture<HttpResponse<String>> tag(String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/tag"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"" + TEXT + "\"}"))
            .build();
    return HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void awaitQueue(String address) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest metrics = HttpRequest.newBuilder(URI.create(address + "/metrics")).build();
    while (!client
        .send(metrics, HttpResponse.BodyHandlers.ofString())
        .body()
        .contains("gnomon_queue_texts 1\n")) {
      Thread.onSpinWait();
    }
  }

  private static void check(Path model, String body) {
    JsonNode answer = JsonMapper.shared().readTree(body);
    try (Tagger tagger = Tagger.load(model)) {
      var expected = tagger.tag(TEXT).get(0);
      assertEquals(
          expected.labels(), answer.path("labels").valueStream().map(JsonNode::asString).toList());
      expected
          .probabilities()
          .forEach(
              (label, p) ->
                  assertEquals(p, answer.path("probabilities").path(label).asDouble(), 1e-6));
    }
  }

  @Test
  void whatCannotBeIsRefusedBeforeTheModelIsRead() {
    refuses(
        "--port: expected 0 to 65535, found 70000; give 0 for any that is free", "--port=70000");
    refuses("--threads: expected 0 or more, found -1; give 0 for all cores", "--threads=-1");
    refuses("--window: expected 0 to 10000, found -1; give milliseconds, such as 2", "--window=-1");
    refuses(
        "--queue: expected at least the 256 texts of --max-texts, found 9; give more, or lower"
            + " --max-texts",
        "--queue=9");
  }

  private void refuses(String message, String option) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run("serve", root.resolve("none").toString(), option));
    assertEquals("gnomon: " + message, console.err().strip());
  }
}
