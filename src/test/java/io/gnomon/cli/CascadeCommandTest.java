package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CascadeCommandTest {
  @TempDir Path root;

  /** Of the table's five texts, three choose the threshold and two are what the figures are of. */
  @Test
  void theCurveIsPrintedWrittenAndDrawn() throws IOException {
    Path run = TinyRun.write(root, 14, false).folder();
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run("cascade", run.toString()), console::err);
    List<String> lines = console.out().lines().toList();
    assertTrue(lines.get(0).startsWith("tiny: 2 texts; temperature "), console::out);
    assertTrue(lines.get(0).contains("fit on 3 texts (every other text), loss "), console::out);
    assertEquals("written to " + run + "/cascade-tiny.json, .png and .svg", last(lines, 1));
    assertTrue(last(lines, 2).matches("for [0-9.]+%: --below .*"), console::out);
    for (String ending : List.of("png", "svg")) {
      assertTrue(Files.size(run.resolve("cascade-tiny." + ending)) > 1000, ending);
    }
    JsonNode json =
        JsonMapper.shared().readTree(Files.readString(run.resolve("cascade-tiny.json")));
    JsonNode points = json.path("points");
    assertEquals(1, points.path(0).path("coverage").asDouble());
    assertEquals(
        json.path("student_accuracy").asDouble(), points.path(0).path("accuracy").asDouble());
    JsonNode end = points.path(points.size() - 1);
    assertEquals(0, end.path("coverage").asDouble());
    assertEquals(json.path("teacher_accuracy").asDouble(), end.path("accuracy").asDouble());
    assertFalse(Files.readString(run.resolve("cascade-tiny.json")).contains("NaN"));
  }

  private static String last(List<String> lines, int fromTheEnd) {
    return lines.get(lines.size() - fromTheEnd);
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    Path several = TinyRun.write(root.resolve("several"), 14, true).folder();
    refuses(
        "task tiny-labels: expected a task of one label a text, found a multi-label one; evaluate it"
            + " with 'gnomon evaluate'",
        several.toString());
    refuses(
        "--accuracy: expected a probability from 0 to 1, found '86'; give --accuracy 0.5",
        several.toString(),
        "--accuracy",
        "86");
    refuses(
        "--limit: expected 0 or more, found -1; give 0 for all texts",
        several.toString(),
        "--limit",
        "-1");
  }

  private static void refuses(String message, String... more) {
    CapturedConsole console = new CapturedConsole();
    String[] line = Stream.concat(Stream.of("cascade"), Arrays.stream(more)).toArray(String[]::new);
    assertEquals(ExitCode.BAD_INPUT, console.run(line));
    assertTrue(console.err().contains("gnomon: " + message), console::err);
  }
}
