package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.label.FakeServer;
import io.gnomon.label.FakeServer.Act;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way from a file of raw posts to a file of tags, six commands, on a slice of GoEmotions whose
 * labels only the language model's server knows, which misbehaves; LabelKillTest has the kill.
 */
class RawPostsTest {
  private static final Path SLICE =
      Path.of(System.getProperty("gnomon.home", "."))
          .resolve("src/main/resources/io/gnomon/data/goemotions-slice.tsv");
  private static final int LABELLED = 160;

  @TempDir Path folder;

  private final Map<String, String> hidden = new TreeMap<>();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @Test
  void sixCommandsLeadFromPostsToTags() throws IOException {
    List<String> rows = Files.readAllLines(SLICE);
    for (String row : rows.subList(1, rows.size())) {
      int tab = row.lastIndexOf('\t');
      hidden.put(row.substring(0, tab).strip(), row.substring(tab + 1));
    }
    List<String> texts = hidden.keySet().stream().filter(text -> !text.contains("\"")).toList();
    Path all = Files.write(folder.resolve("posts.txt"), texts);
    Path some = Files.write(folder.resolve("some.txt"), texts.subList(0, LABELLED));
    Path gold = gold(texts.subList(LABELLED, 2 * LABELLED));
    Path labels = folder.resolve("labels.jsonl");
    Set<String> askedAgain = new HashSet<>();
    try (FakeServer server =
        FakeServer.start(
            (question, time) -> {
              if (answered.contains(question.text())) {
                askedAgain.add(question.text());
              }
              String good = "{\"label\":\"%s\"}".formatted(hidden.get(question.text().strip()));
              Act act = FakeServer.met(question, time, good);
              if (act instanceof Act.Slow || act.equals(new Act.Say(good))) {
                answered.add(question.text());
              }
              return act;
            })) {
      ok(
          "label",
          some,
          "--with",
          server.openAi(),
          "--task",
          "tasks/goemotions-binary",
          "--back-off",
          0.01,
          "--out",
          labels);
      assertEquals(Set.of(), askedAgain);
      assertTrue(server.asked().size() > LABELLED * 3 / 2, "the server did not misbehave");
    }
    List<JsonNode> labelled = rows(labels);
    assertEquals(texts.subList(0, LABELLED), texts(labelled));
    for (JsonNode row : labelled) {
      assertEquals(hidden.get(row.at("/text").asString().strip()), row.at("/labels/0").asString());
    }

    CapturedConsole checks =
        ok(
            "inspect",
            labels,
            "--task",
            "tasks/goemotions-binary",
            "--test",
            gold,
            "--out",
            folder.resolve("checks"));
    assertTrue(checks.out().contains("positive"), checks::out);

    Path config = folder.resolve("student.yaml");
    Files.writeString(
        config,
        """
        from: quickstart
        name: raw
        task: {from: tasks/goemotions-binary, data: {kind: table, path: "%s", label: labels}}
        text: {kind: labelled, labels: gold, data: {kind: table, path: "%s", label: labels}}
        objective: {divergence: kl}
        training: {steps: 120, batch_size: 16, checkpoint_every: 60}
        trace: {every: 60, probe: 64}
        """
            .formatted(gold, labels));
    ok("run", config, "--results", folder.resolve("results"));
    Path run = folder.resolve("results/raw/seed-1");
    CapturedConsole evaluation = ok("evaluate", run);
    assertTrue(evaluation.out().contains("accuracy"), evaluation::out);
    ok("export", run, "--to", "onnx");
    Path tags = folder.resolve("tags.jsonl");
    ok("tag", run.resolve("export/onnx-fp32"), all, "--out", tags);

    List<JsonNode> tagged = rows(tags);
    assertEquals(texts, texts(tagged));
    long learned = labelled.stream().filter(row -> agrees(row, tagged)).count();
    assertTrue(learned > LABELLED * 0.8, () -> "of " + LABELLED + " labels it learned " + learned);
    assertFalse(Files.exists(folder.resolve("labels.jsonl.rejected.jsonl")));
  }

  private static boolean agrees(JsonNode row, List<JsonNode> tagged) {
    JsonNode tag = tagged.get(row.at("/row").asInt() - 1);
    return tag.at("/labels/0").asString().equals(row.at("/labels/0").asString());
  }

  private Path gold(List<String> texts) throws IOException {
    List<String> rows =
        texts.stream()
            .map(
                text ->
                    JsonMapper.shared()
                        .writeValueAsString(
                            Map.of(
                                "text", text, "labels", List.of(String.valueOf(hidden.get(text))))))
            .toList();
    return Files.write(folder.resolve("gold.jsonl"), rows);
  }

  private static CapturedConsole ok(Object... words) {
    CapturedConsole console = new CapturedConsole();
    String[] line = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
    assertEquals(ExitCode.OK, console.run(line), console::err);
    return console;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static List<String> texts(List<JsonNode> rows) {
    return rows.stream().map(row -> row.at("/text").asString()).toList();
  }
}
