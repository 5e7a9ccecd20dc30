package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.DataConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.data.LabelledSets;
import io.gnomon.data.LabelledText;
import io.gnomon.label.FakeServer;
import io.gnomon.label.FakeServer.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabelCommandTest {
  @TempDir Path folder;
  private FakeServer server = FakeServer.start(FakeServer::trying);
  private Path posts = Path.of("");
  private List<String> texts = List.of();

  @BeforeEach
  void write() throws IOException {
    texts = IntStream.range(0, 23).mapToObj(i -> "post number " + i * i).toList();
    List<String> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add("{\"body\": \"%s\", \"id\": %d}".formatted(text, lines.size()));
    }
    lines.add(5, "{\"id\": 29}");
    lines.add("{\"body\": \" \", \"id\": 31}");
    posts = Files.write(folder.resolve("posts.jsonl"), lines);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String[] line(Object... more) {
    List<String> words = new ArrayList<>(List.of("label"));
    Arrays.stream(more).map(Object::toString).forEach(words::add);
    return words.toArray(String[]::new);
  }

  private String[] interests(Path out, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of(posts, "--with", server.openAi(), "--text", "body", "-o", out));
    words.addAll(List.of("--task", "tasks/interests-20", "--least", 2, "--most", 5));
    words.addAll(List.of("--back-off", 0.01));
    words.addAll(List.of(more));
    return line(words.toArray());
  }

  private static CapturedConsole ok(String... line) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run(line), console::err);
    return console;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }

  @Test
  void postsAreLabelledByAMisbehavingServer() throws IOException {
    Path out = folder.resolve("labels.jsonl");
    Path json = folder.resolve("took.json");
    String[] line =
        interests(out, "--keep", "id", "--price-in", 1000, "--price-out", 10_000, "--json", json);
    CapturedConsole console = ok(line);
    List<JsonNode> rows = rows(out);
    assertEquals(texts, rows.stream().map(row -> row.path("body").asString()).toList());
    assertEquals(
        List.of("row", "body", "id", "labels", "by"), List.copyOf(rows.get(0).propertyNames()));
    assertEquals("openai:fake-1", rows.get(0).path("by").asString());
    for (JsonNode row : rows) {
      int labels = row.path("labels").size();
      assertTrue(labels >= 2 && labels <= 5, row::toString);
    }
    List<JsonNode> rejected = rows(Path.of(out + ".rejected.jsonl"));
    assertEquals(
        List.of("expected a text under 'body', found none", "expected a text, found an empty one"),
        rejected.stream().map(row -> row.path("cause").asString()).toList());
    assertTrue(
        console
            .err()
            .contains("gnomon: labelled 23 posts; set aside 2, see " + out + ".rejected.jsonl\n"),
        console::err);
    JsonNode took = JsonMapper.shared().readTree(Files.readString(json));
    long answers = took.path("answers").asLong();
    assertEquals(11 * answers, took.path("tokens_in").asLong());
    assertEquals((11 * 1000 + 5 * 10_000) * answers / 1e6, took.path("cost").asDouble(), 1e-9);
    assertEquals(answers + 1, rows(Path.of(out + ".answers.jsonl")).size());
    assertTrue(
        console.err().contains("tokens in, ") && console.err().contains(", cost "), console::err);

    // The same once more, with one post more: only that one is asked about.
    int asked = server.asked().size();
    Files.writeString(
        posts, Files.readString(posts) + "{\"body\": \"the last of all\", \"id\": 37}\n");
    CapturedConsole again = ok(line);
    assertTrue(again.err().contains("; 23 posts were answered before"), again::err);
    assertEquals(24, rows(out).size());
    assertTrue(server.asked().size() <= asked + 2, "asked again");
  }

  /** Of two processes, the second one's report tells what was there before it, and what it did. */
  @Test
  void theReportOfAJobThatGoesOn() throws IOException {
    int all = 600; // more than a part of 512 rows
    List<String> many = new ArrayList<>();
    IntStream.range(0, all).forEach(i -> many.add("post number " + i));
    many.add(3, "");
    Path in = Files.write(folder.resolve("many.txt"), many);
    Path out = folder.resolve("labels.jsonl");
    Path json = folder.resolve("took.json");
    AtomicBoolean stopped = new AtomicBoolean(true);
    try (FakeServer kind =
        FakeServer.start(
            (question, time) ->
                stopped.get() && question.text().equals("post number 550")
                    ? new Act.Refuse(401, "", "")
                    : new Act.Say(FakeServer.obedient(question)))) {
      List<Object> words = new ArrayList<>(List.of(in, "--with", kind.openAi(), "-o", out));
      words.addAll(List.of("--task", "tasks/imdb", "--parallel", 16, "--json", json));
      words.addAll(List.of("--price-in", 1000, "--price-out", 10_000));
      CapturedConsole ended = new CapturedConsole();
      assertEquals(ExitCode.BAD_INPUT, ended.run(line(words.toArray())), ended::err);
      stopped.set(false);
      int known = rows(Path.of(out + ".answers.jsonl")).size() - 1;
      assertTrue(known > 512, () -> "known: " + known);
      words.add("--resume");
      CapturedConsole console = ok(line(words.toArray()));
      JsonNode took = JsonMapper.shared().readTree(Files.readString(json));
      assertEquals(all, took.path("labelled").asInt());
      assertEquals(1, took.path("set_aside").asInt());
      assertEquals(known, took.path("posts_known_before").asInt());
      assertEquals(all - known, took.path("posts_asked").asInt());
      assertEquals(all - known, took.path("answers").asInt());
      assertEquals(
          took.path("seconds").asDouble() / (all - known),
          took.path("seconds_a_post").asDouble(),
          1e-9);
      assertEquals(0.061, took.path("cost_a_post").asDouble(), 1e-9);
      assertTrue(
          console.err().contains("; " + known + " posts were answered before"), console::err);
      assertTrue(console.err().contains(", 0.0610 a post;"), console::err);
    }
  }

  /** What this leaves is a set to train on, of one label a text or of several. */
  @ParameterizedTest
  @CsvSource({"labels.jsonl,true", "labels.parquet,true", "labels.csv,false", "labels.jsonl,false"})
  void whatIsWrittenIsATrainingSet(String name, boolean several) throws IOException {
    Path out = folder.resolve(name);
    if (several) {
      ok(interests(out));
    } else {
      ok(
          line(
              posts,
              "--with",
              server.ollama(),
              "--text",
              "body",
              "-o",
              out,
              "--task",
              "tasks/imdb",
              "--back-off",
              "0.01"));
    }
    LabelledSet set =
        LabelledSets.read(
            new DataConfig.Table(
                out.toString(), DataConfig.Split.TRAIN, "body", "labels", null, "unknown"));
    assertEquals(texts, set.rows().stream().map(LabelledText::text).toList());
    for (LabelledText row : set.rows()) {
      assertEquals(several, row.labels().size() > 1, row::toString);
    }
  }

  @Test
  void aTeacherInProcessWritesTheSame() throws IOException {
    Path teacher = TinyTeacher.write(folder.resolve("teacher"));
    Path task = folder.resolve("task.yaml");
    Files.writeString(task, ConfigWriter.write(TinyTeacher.task()));
    Path out = folder.resolve("labels.jsonl");
    String with = "teacher:" + teacher;
    Path in =
        Files.writeString(folder.resolve("in.txt"), "a good film\n\na bad one\na good film\n");
    String[] line = line(in, "--with", with, "--task", task, "-o", out, "--threads", 1);
    CapturedConsole console = ok(line);
    List<JsonNode> rows = rows(out);
    assertEquals(List.of(1, 3, 4), rows.stream().map(row -> row.path("row").asInt()).toList());
    CapturedConsole asked =
        ok("ask", teacher.toString(), "--task", task.toString(), "--json", "a bad one");
    JsonNode expected = JsonMapper.shared().readTree(asked.out()).findValue("probabilities");
    String label = rows.get(1).path("labels").path(0).asString();
    assertEquals(1, rows.get(1).path("labels").size());
    assertEquals(
        expected.path(label).asDouble(),
        rows.get(1).path("probabilities").path(0).asDouble(),
        1e-4);
    assertTrue(expected.path(label).asDouble() >= 0.5);
    assertEquals(with, rows.get(1).path("by").asString());
    assertEquals(3, rows(Path.of(out + ".answers.jsonl")).size());
    assertTrue(console.err().contains("gnomon: labelled 3 posts; set aside 1"), console::err);
    refuses(
        "--instruction: expected a remote model, found a teacher, which is held at the task's prompt;"
            + " leave it out, or change the task",
        line(in, "--with", with, "--task", task, "-o", out, "--instruction", "x"));
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnythingIsAsked() {
    Path out = folder.resolve("labels.jsonl");
    refuses(
        "--least, --most: expected 1 or more, and no more than the one label that a text of task imdb"
            + " has, found 2 and 1; give neither",
        line(posts, "--with", server.openAi(), "--task", "tasks/imdb", "--least", 2, "-o", out));
    refuses(
        "labels: expected a name that ends in .jsonl, .csv, .tsv or .parquet, found another; rename"
            + " it, as labels.jsonl",
        line(posts, "--with", server.openAi(), "--task", "tasks/imdb", "-o", "labels"));
    refuses(
        "NO_SUCH_KEY: expected an environment variable that holds the key of "
            + server.url()
            + "/v1, found none of that name; export it, or name another with --key-from",
        interests(out, "--key-from", "NO_SUCH_KEY"));
    refuses(
        "--parallel: expected a number from 1 to 256, found 0; give --parallel 4",
        interests(out, "--parallel", 0));
    refuses(
        "--temperature: expected a number from 0 to 2, or default, found 'warm'; give --temperature"
            + " 0",
        interests(out, "--temperature", "warm"));
    assertEquals(List.of(), server.asked());
    assertFalse(Files.exists(Path.of(out + ".answers.jsonl")));
  }

  @Test
  void aJobWithoutALabelFails() {
    try (FakeServer mad = FakeServer.start((question, time) -> new Act.Say("no"))) {
      Path out = folder.resolve("labels.jsonl");
      CapturedConsole console = new CapturedConsole();
      assertEquals(
          ExitCode.BAD_INPUT,
          console.run(
              line(
                  posts,
                  "--with",
                  mad.openAi(),
                  "--text",
                  "body",
                  "--task",
                  "tasks/imdb",
                  "-o",
                  out)));
      assertTrue(
          console
              .err()
              .endsWith(
                  posts
                      + ":1: expected JSON, found no, in the last of 3 answers; no post was labelled,"
                      + " mend --text, --from or the model\n"),
          console::err);
    }
  }

  private static void refuses(String message, String... line) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run(line));
    assertTrue(console.err().contains("gnomon: " + message), console::err);
  }
}
