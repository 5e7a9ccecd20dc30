package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyRun;
import io.gnomon.export.ExportPrecision;
import io.gnomon.export.Exports;
import io.gnomon.serve.Tagger;
import io.gnomon.serve.TaggerOptions;
import io.gnomon.serve.Tagging;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TagCommandTest {
  private static final List<String> TEXTS =
      List.of("a good film", "", "bad", "so good, so very good", "a dull one");

  /** Between a text alone and the same in a batch. */
  private static final double ROUNDING = 1e-5;

  @TempDir static Path models;
  private static Path single;
  private static Path several;
  private static List<Tagging> expected = List.of();

  @TempDir Path root;
  private Path in = Path.of("");

  @BeforeAll
  static void export() {
    TinyRun run = TinyRun.write(models.resolve("single"), 14, false);
    single = Exports.onnx(run, ExportPrecision.FP32, models.resolve("onnx"));
    TinyRun labels = TinyRun.write(models.resolve("several"), 14, true);
    several = Exports.onnx(labels, ExportPrecision.FP32, models.resolve("labels"));
    try (Tagger tagger = Tagger.load(single, TaggerOptions.defaults().withThreads(1))) {
      expected = tagger.tag(TEXTS);
    }
  }

  @BeforeEach
  void input() throws IOException {
    in = Files.writeString(root.resolve("in.txt"), String.join("\n", TEXTS) + "\n");
  }

  private static CapturedConsole tag(Path model, Object... more) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.OK, console.run(line(model, more)), console::err);
    return console;
  }

  private static String[] line(Path model, Object... more) {
    List<String> words = new ArrayList<>(List.of("tag", model.toString(), "--threads", "1"));
    Arrays.stream(more).map(Object::toString).forEach(words::add);
    return words.toArray(String[]::new);
  }

  private static List<JsonNode> rows(String output) {
    return output.lines().map(JsonMapper.shared()::readTree).toList();
  }

  @Test
  void theTaggersOwnAnswersAreWritten() throws IOException {
    Path out = root.resolve("tags.jsonl");
    CapturedConsole console = tag(single, in, "-o", out);
    assertEquals("", console.out());
    assertTrue(console.err().endsWith("gnomon: tagged 5 rows\n"), console::err);
    List<JsonNode> rows = rows(Files.readString(out));
    for (int i = 0; i < TEXTS.size(); i++) {
      String label = rows.get(i).path("labels").path(0).asString();
      assertEquals(TEXTS.get(i), rows.get(i).path("text").asString());
      assertEquals(expected.get(i).labels(), List.of(label));
      double p = rows.get(i).path("probabilities").path(0).asDouble();
      assertEquals(expected.get(i).probability(label), p, ROUNDING);
    }
  }

  @Test
  void standardInputAndOutput() {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream("bad\n\u00e9t\u00e9\n".getBytes(StandardCharsets.UTF_8)));
      CapturedConsole console = tag(single, "--to", "csv", "--top-k", "2");
      List<String> lines = console.out().lines().toList();
      assertEquals(3, lines.size());
      assertTrue(lines.get(1).matches("1,bad,\\w+\\|\\w+,[0-9.]+\\|[0-9.]+"), lines::toString);
      assertTrue(lines.get(2).startsWith("2,\u00e9t\u00e9,"), lines::toString);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void thresholdsDecideOverSets() {
    List<JsonNode> all = rows(tag(several, in, "--keep", "", "--threshold", "0").out());
    List<JsonNode> some = rows(tag(several, in, "--threshold", "1", "--threshold", "odd=0").out());
    for (int i = 0; i < TEXTS.size(); i++) {
      assertEquals(3, all.get(i).path("labels").size());
      assertTrue(all.get(i).path("text").isMissingNode());
      assertEquals("[\"odd\"]", some.get(i).path("labels").toString());
    }
  }

  @Test
  void whatCannotBeReadIsToldAndCounted() throws IOException {
    Path rows = Files.writeString(root.resolve("in.jsonl"), "{\"text\": \"bad\"}\n{}\n");
    Path out = root.resolve("tags.csv");
    CapturedConsole console = tag(single, rows, "-o", out);
    String side = out + ".rejected.jsonl";
    assertTrue(
        console.err().endsWith("gnomon: tagged 1 rows; rejected 1, see " + side + "\n"),
        console::err);
    assertEquals(1, Files.readAllLines(Path.of(side)).size());
    assertTrue(
        tag(single, rows)
            .err()
            .contains(
                "gnomon: " + rows + ":2: expected a text under 'text', found none; left out"));
    refuses(
        rows
            + ":1: expected a text under 'words', found none; no row could be read, mend --text,"
            + " --from or the input",
        line(single, rows, "--text", "words"));
  }

  /** The rows below the threshold are the teacher's, as {@code gnomon ask} has them. */
  @Test
  void theUnsureOnesGoToTheTeacher() throws IOException {
    Path task = Files.createDirectories(root.resolve("tasks")).resolve("tiny.yaml");
    Files.writeString(
        task,
        """
        name: tiny
        prompt: {prefix: "film:", suffix: " this is"}
        classes: {positive: [good, great], negative: [bad, awful, dull]}
        """);
    Path teacher = models.resolve("single/teacher");
    double[] sure = expected.stream().mapToDouble(TagCommandTest::confidence).sorted().toArray();
    double below = (sure[2] + sure[3]) / 2;
    CapturedConsole console =
        tag(single, in, "--fallback", teacher, "--task", task, "--below", below, "--top-k", "2");
    List<JsonNode> rows = rows(console.out());
    int asked = 0;
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = TEXTS.get(i);
      boolean unsure = confidence(expected.get(i)) < below && !text.isEmpty();
      asked += unsure ? 1 : 0;
      assertEquals(unsure ? "teacher" : "student", rows.get(i).path("by").asString(), text);
      String label = rows.get(i).path("labels").path(0).asString();
      double p = unsure ? asked(teacher, task, text, label) : expected.get(i).probability(label);
      assertEquals(p, rows.get(i).path("probabilities").path(0).asDouble(), 1e-4, text);
    }
    assertTrue(asked > 0, "nobody was asked");
    String line = "gnomon: tagged 5 rows, of " + asked + " the teacher was asked\n";
    assertTrue(console.err().endsWith(line), console::err);

    refuses(
        "--fallback: expected --task and --below beside it, found no --below; give --task"
            + " tasks/imdb --below 0.9",
        line(single, in, "--fallback", teacher, "--task", task));
    refuses(
        "--below: expected --fallback, whose option it is, found none; give --fallback TEACHER",
        line(single, in, "--below", "0.5"));
    refuses(
        "--task: expected the student's labels [fun, dull, odd], several a text, found [positive,"
            + " negative]; give the task it was made for, tiny-labels",
        line(several, in, "--fallback", teacher, "--task", task, "--below", "0.5"));
  }

  private static double confidence(Tagging tagging) {
    return tagging.probability(tagging.labels().get(0));
  }

  private static double asked(Path teacher, Path task, String text, String label) {
    CapturedConsole console = new CapturedConsole();
    String[] line = {"ask", teacher.toString(), "--task", task.toString(), "--json", text};
    assertEquals(ExitCode.OK, console.run(line), console::err);
    JsonNode answers = JsonMapper.shared().readTree(console.out());
    return answers.findValue("probabilities").path(label).asDouble();
  }

  @Test
  void whatCannotBeAskedForIsRefused() {
    refuses(
        "--top-k: expected 1 or more, found 0; give --top-k 3", line(single, in, "--top-k", "0"));
    refuses(
        "--threshold: expected a probability from 0 to 1, found 'x'; give --threshold 0.5",
        line(single, in, "--threshold", "x"));
    refuses(
        "threshold of no: expected one of the labels [positive, negative], found another; mend its"
            + " name",
        line(single, in, "--threshold", "no=0.5"));
    refuses(
        "out: expected a name that ends in .jsonl, .csv, .tsv or .parquet, found another; give --to"
            + " jsonl, csv, tsv or parquet",
        line(single, in, "-o", "out"));
    refuses(
        "--threads: expected 0 or more, found -1; give 0 for all cores",
        "tag",
        single.toString(),
        in.toString(),
        "--threads",
        "-1");
  }

  private static void refuses(String message, String... line) {
    CapturedConsole console = new CapturedConsole();
    assertEquals(ExitCode.BAD_INPUT, console.run(line));
    assertTrue(console.err().contains("gnomon: " + message), console::err);
  }
}
