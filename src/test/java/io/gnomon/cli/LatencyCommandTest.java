package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LatencyCommandTest {
  private final CapturedConsole console = new CapturedConsole();

  @TempDir Path folder;
  private Path model = Path.of("");
  private Path task = Path.of("");

  @BeforeEach
  void export() throws IOException {
    TinyRun run = TinyRun.write(folder.resolve("run"), 14, false);
    model = Exports.onnx(run, ExportPrecision.FP32, folder.resolve("onnx"));
    Workbench bench = new Workbench(folder);
    task =
        Files.writeString(
            Files.createDirectories(bench.path("configs/tasks")).resolve("tiny.yaml"),
            """
            name: tiny
            prompt: {prefix: "film:", suffix: " this is"}
            classes: {positive: [good, great], negative: [bad, awful, dull]}
            data: {kind: table, path: "%s", licence: none}
            """
                .formatted(bench.path("reviews.csv")));
  }

  @Test
  void anExportBesideItsTeacher() throws IOException {
    Path json = folder.resolve("latency.json");
    Path teacher = folder.resolve("bench/teacher");
    int status =
        console.run(
            "latency",
            model.toString(),
            "--task=" + task,
            "--teacher=" + teacher,
            "--single=2",
            "--bulk=3",
            "--rounds=1",
            "--json=" + json);
    assertEquals(ExitCode.OK, status, console::err);
    assertTrue(console.out().startsWith("tiny: 2 texts one at a time, 3 in bulk, "), console.out());
    JsonNode rows = JsonMapper.builder().build().readTree(Files.readString(json)).get("rows");
    assertEquals(2, rows.size());
    assertEquals(model.toString(), rows.at("/0/name").asString());
    assertEquals(
        Files.size(model.resolve("model.onnx")), rows.at("/0/bytes").asLong(), rows.toString());
    assertTrue(rows.at("/1/name").asString().startsWith("teacher, "), rows.toString());
    assertEquals(1, rows.at("/1/single_ratio").asDouble());
  }

  private void refused(String message, String... words) {
    assertEquals(ExitCode.BAD_INPUT, console.run(words));
    assertEquals("gnomon: " + message + "\n", console.err().replace(folder.toString(), "@"));
  }

  @Test
  void whatCannotBeTimedIsRefused() {
    refused(
        "MODEL: expected something to time, found neither a folder nor --tfidf nor --teacher; name"
            + " one",
        "latency",
        "--task=" + task);
  }

  @Test
  void aSetOfOnePartTeachesNoTfidf() {
    refused(
        "learning from the training texts of tiny\ngnomon: --tfidf: expected a task whose set has a"
            + " train part, found a single file in task tiny; leave --tfidf out",
        "latency",
        "--tfidf",
        "--task=" + task);
  }

  @Test
  void anExportOfAnotherTaskIsRefused() throws IOException {
    Files.writeString(task, Files.readString(task).replace("positive:", "fine:"));
    assertEquals(ExitCode.BAD_INPUT, console.run("latency", model.toString(), "--task=" + task));
    assertTrue(
        console.err().contains("expected an export with the labels of task tiny, [fine, negative]"),
        console.err());
  }
}
