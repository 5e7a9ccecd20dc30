package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluateCommandTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));
  private static final List<String> ONE_CLASS =
      List.of("--set", "objective.component={kind: class, name: positive}");

  @TempDir Path results;

  @Test
  void onTheTracedTextsItRepeatsTheRunsOwnFigures() throws IOException {
    Path run = run(List.of());
    CapturedConsole console = new CapturedConsole();
    // The smoke form of the quickstart keeps 16 texts and 32 tokens of each.
    int status = console.run("evaluate", run.toString(), "--limit", "16", "--max-length", "32");
    assertEquals(ExitCode.OK, status, console::err);
    assertTrue(console.out().contains("goemotions-binary, test: 16 texts"), console::out);

    JsonNode written = json(run.resolve("evaluation-goemotions-binary.json"));
    JsonNode metrics = json(run.resolve("metrics.json"));
    assertEquals(metrics.at("/alpha_text"), written.at("/alpha"));
    assertEquals(metrics.at("/agreement_text"), written.at("/student/agreement"));
    assertEquals(metrics.at("/student_accuracy"), written.at("/student/accuracy"));
    assertEquals(metrics.at("/teacher_accuracy"), written.at("/teacher/accuracy"));
    assertEquals(metrics.at("/alpha_text_floor"), written.at("/alpha_floor"));
  }

  @Test
  void aFileTakesTheFiguresWithWhatWasEvaluatedAndWhere() throws IOException {
    Path run = run(List.of());
    Path file = results.resolve("figures.json");
    CapturedConsole console = new CapturedConsole();
    String[] evaluate = {
      "evaluate", run.toString(), "--limit", "7", "--max-length", "29", "--json", file.toString()
    };
    assertEquals(ExitCode.OK, console.run(evaluate), console::err);
    assertTrue(console.out().endsWith("written to " + file + "\n"), console::out);

    JsonNode report = json(file);
    assertEquals(
        "run student_sha256 teacher teacher_sha256 teacher_precision texts figures provenance",
        String.join(" ", report.propertyNames()));
    assertEquals(json(run.resolve("evaluation-goemotions-binary.json")), report.get("figures"));
    JsonNode accuracy = report.at("/figures/student/accuracy");
    assertTrue(accuracy.get("low").asDouble() <= accuracy.get("value").asDouble());
    assertTrue(accuracy.get("value").asDouble() <= accuracy.get("high").asDouble());
    JsonNode texts = report.get("texts");
    assertEquals("goemotions-binary", texts.get("task").asString());
    assertEquals("test", texts.get("split").asString());
    assertEquals(7, texts.get("rows").asInt());
    assertEquals(29, texts.get("max_length").asInt());
    JsonNode kept = json(run.resolve("provenance.json"));
    assertEquals(kept.get("teacher_sha256"), report.get("teacher_sha256"));
    for (String fact : report.get("provenance").propertyNames()) {
      assertEquals(kept.get(fact), report.at("/provenance/" + fact), fact);
    }
    assertEquals(12, report.get("provenance").size());
  }

  @Test
  void anAngleOfOneClassIsOneOnTextAsWell() throws IOException {
    JsonNode all = json(run(List.of()).resolve("metrics.json"));
    JsonNode one = json(run(ONE_CLASS).resolve("metrics.json"));
    // The texts and the teacher are the same; only the coordinates that count differ.
    assertTrue(
        Math.abs(all.at("/alpha_text_floor").asDouble() - one.at("/alpha_text_floor").asDouble())
            > 1e-3);
  }

  @Test
  void aRunWithoutAStudentIsRefused() throws IOException {
    Path folder = results.resolve("unfinished");
    Files.createDirectories(folder);
    Files.copy(run(List.of()).resolve("config.yaml"), folder.resolve("config.yaml"));
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run("evaluate", folder.toString()));
    assertTrue(console.err().contains("expected a finished run"), console::err);
  }

  private Path run(List<String> more) {
    String id = "run-" + more.size();
    CapturedConsole console = new CapturedConsole();
    List<String> command =
        new ArrayList<>(
            List.of("run", HOME.resolve("configs/quickstart.yaml").toString(), "--smoke"));
    command.addAll(List.of("--results", results.toString(), "--run-id", id));
    command.addAll(more);
    assertEquals(ExitCode.OK, console.run(command.toArray(new String[0])), console::err);
    return results.resolve("quickstart-smoke").resolve(id);
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
