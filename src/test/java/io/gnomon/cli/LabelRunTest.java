package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All 28 labels of GoEmotions on the embedded teacher, which has not learned them: that every
 * command goes through, and what it leaves.
 */
class LabelRunTest {
  private static final Path HOME = Path.of(System.getProperty("gnomon.home", "."));

  /** Seven comments, of which two have two labels. */
  private static final String ROWS =
      """
      So glad!\t17\ta
      Glad yet mad\t2,17\tb
      What a mess, I hate it\t2\tc
      Well.\t27\td
      Oh, really? That is news\t26\te
      Thank you, love it\t15,18\tf
      I am so sorry\t24\tg
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    Files.createDirectories(folder.resolve("set/original"));
    Files.writeString(folder.resolve("set/original/test.tsv"), ROWS);
    Files.writeString(folder.resolve("set/original/dev.tsv"), ROWS.replace("So", "How"));
  }

  @Test
  void aRunAndItsEvaluation() throws IOException {
    Path run = run("one", List.of());
    JsonNode metrics = json(run.resolve("metrics.json"));
    assertEquals("threshold", metrics.at("/rule").asString());
    assertEquals(0.5, metrics.at("/threshold").asDouble());
    for (String key : List.of("micro_f1", "macro_f1", "student_accuracy", "teacher_accuracy")) {
      assertTrue(metrics.at("/" + key + "/low").isNumber(), key);
    }
    JsonNode student = json(run.resolve("student/config.json"));
    assertEquals("multi-label", student.at("/type").asString());
    assertEquals(28, student.at("/classes").size());

    CapturedConsole console = new CapturedConsole();
    int status = console.run("evaluate", run.toString(), "--max-length", "32");
    assertEquals(ExitCode.OK, status, console::err);
    assertTrue(console.out().startsWith("goemotions-all, test: 7 texts\n"), console::out);
    assertTrue(console.out().contains("top-k 1.0"), console::out);
    JsonNode written = json(run.resolve("evaluation-goemotions-all.json"));
    assertEquals(metrics.at("/alpha_text"), written.at("/alpha"));
    assertEquals(metrics.at("/agreement_text"), written.at("/agreement"));
    assertEquals(metrics.at("/micro_f1"), written.at("/student/0/scores/micro_f1"));
    assertEquals(metrics.at("/teacher_accuracy"), written.at("/teacher/0/scores/exact_match"));
    assertEquals(
        List.of("threshold", "threshold-per-label", "top-k"),
        List.of(
            written.at("/student/0/rule").asString(),
            written.at("/student/1/rule").asString(),
            written.at("/student/2/rule").asString()));
    assertEquals(28, written.at("/student/1/parameters").size());
    assertEquals(1, written.at("/teacher/2/parameters/k").asDouble());
    assertEquals("neutral", written.at("/student/2/scores/per_label/27/name").asString());
  }

  @Test
  void keptAnswersGiveTheSameTraceWithoutATeacher() throws IOException {
    List<String> keep = List.of("--set", "teacher.answers=keep");
    Path asked = run("asked", keep);
    Path read = run("read", keep);
    assertEquals(
        Files.readString(asked.resolve("trace.jsonl"))
            .replaceAll("\"samples_per_second\":[^,}]*", ""),
        Files.readString(read.resolve("trace.jsonl"))
            .replaceAll("\"samples_per_second\":[^,}]*", ""));
    assertTrue(
        Files.readString(read.resolve("provenance.json")).contains("\"teacher_loaded\" : false"));
  }

  @Test
  void aTaskOfTheOtherTypeIsRefused() throws IOException {
    Path run = run("one", List.of());
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run(
            "evaluate",
            run.toString(),
            "--task",
            "tasks/goemotions-ekman",
            "--set",
            "data.path=" + folder.resolve("set"));
    assertEquals(ExitCode.BAD_INPUT, status);
    assertTrue(
        console
            .err()
            .contains(
                "expected a student of a single-label task, found one of a multi-label task;"
                    + " take a task of its own type"),
        console::err);
  }

  @Test
  void topKIsOfSeveralLabelsAlone() throws IOException {
    Path run = run("one", List.of());
    CapturedConsole console = new CapturedConsole();
    String[] evaluate = {"evaluate", run.toString(), "--max-length", "32", "--top-k", "3"};
    assertEquals(ExitCode.OK, console.run(evaluate), console::err);
    assertTrue(console.out().contains("top-k 3.0"), console::out);
  }

  @Test
  void aTeacherByItselfIsScoredOnClassesAlone() {
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run("evaluate", "--teacher", "teachers/pocket", "--task", "tasks/goemotions-all");
    assertEquals(ExitCode.BAD_INPUT, status);
    assertTrue(
        console
            .err()
            .contains(
                "task goemotions-all: expected a single-label task beside --teacher, found a"
                    + " multi-label one"),
        console::err);
  }

  @Test
  void askingShowsEachLabelsProbability() {
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run(
            "ask", "teachers/pocket", "--task", "tasks/goemotions-all", "--json", "So glad!");
    assertEquals(ExitCode.OK, status, console::err);
    JsonNode answer = JsonMapper.shared().readTree(console.out());
    assertEquals(28, answer.at("/answers/0/probabilities").size());
    assertTrue(answer.at("/answers/0/probabilities/joy").asDouble() > 0);
    assertTrue(console.err().contains("behind the question of the first label, admiration"));
  }

  private Path run(String id, List<String> more) {
    CapturedConsole console = new CapturedConsole();
    String task =
        "task={from: tasks/goemotions-all, data: {kind: goemotions, grouping: all, path: '%s'}}"
            .formatted(folder.resolve("set"));
    List<String> command =
        new ArrayList<>(
            List.of("run", HOME.resolve("configs/quickstart.yaml").toString(), "--smoke"));
    command.addAll(List.of("--results", folder.toString(), "--run-id", id, "--set", task));
    command.addAll(more);
    assertEquals(ExitCode.OK, console.run(command.toArray(new String[0])), console::err);
    return folder.resolve("quickstart-smoke").resolve(id);
  }

  private static JsonNode json(Path file) throws IOException {
    return JsonMapper.shared().readTree(Files.readString(file));
  }
}
