package io.gnomon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GrowCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path root;
  private Path folder = Path.of("");

  @BeforeEach
  void aFinishedRun() throws IOException {
    Workbench bench = new Workbench(root);
    folder = bench.path("");
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run("run", bench.path("x.yaml").toString(), "--results=" + bench.path("results"));
    assertEquals(ExitCode.OK, status, console::err);
    bench.write(
        "posts.txt",
        """
        good
        a good good film
        a bad bad film
        dull dull dull
        a good film
        so bad
        so good
        """);
    bench.write(
        "task.yaml",
        """
        name: tiny
        prompt: {prefix: "film:", suffix: " this is"}
        classes: {positive: [good, great], negative: [bad, awful, dull]}
        data: {kind: table, path: "@/reviews.csv", licence: none}
        """);
  }

  private CapturedConsole grow(int expected, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "grow",
                folder.resolve("results/x/seed-1").toString(),
                folder.resolve("posts.txt").toString(),
                "--task=" + folder.resolve("task.yaml"),
                "--out=" + folder.resolve("grown"),
                "--each=2",
                "--steps=2",
                "--batch=2"));
    words.addAll(Arrays.asList(more));
    CapturedConsole console = new CapturedConsole();
    assertEquals(expected, console.run(words.toArray(String[]::new)), console::err);
    return console;
  }

  private JsonNode curve() throws IOException {
    return JSON.readTree(Files.readString(folder.resolve("grown/curve.json")));
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(folder.resolve("grown/answers.jsonl")).stream()
        .skip(1)
        .map(line -> JSON.readTree(line).path("text").asString())
        .toList();
  }

  @Test
  void labelsOfATeacherRoundByRound() throws IOException {
    String teacher = "--with=teacher:" + folder.resolve("teacher");
    CapturedConsole console = grow(ExitCode.OK, teacher, "--rounds=1", "--pick=uncertain,random");
    assertTrue(console.err().contains("1 posts are empty, double or among the test texts"));
    assertEquals(2, curve().path("lines").size());
    String first = Files.readString(folder.resolve("grown/uncertain/round-1/labels.jsonl"));
    assertTrue(Files.isRegularFile(folder.resolve("grown/curve.png")));

    grow(ExitCode.OK, teacher, "--rounds=3", "--pick=uncertain,random");
    JsonNode lines = curve().path("lines");
    assertEquals("random", lines.at("/1/pick").asString());
    for (JsonNode line : lines) {
      List<Integer> bought = new ArrayList<>();
      line.path("points").forEach(point -> bought.add(point.path("labels").asInt()));
      assertEquals(List.of(0, 2, 4, 6), bought);
    }
    // what was there stayed, and no post was asked about twice
    assertEquals(first, Files.readString(folder.resolve("grown/uncertain/round-1/labels.jsonl")));
    assertEquals(asked().size(), new HashSet<>(asked()).size());
    assertEquals(6, asked().size());
    // each round went on from the student of the one before
    assertTrue(
        Files.readString(folder.resolve("grown/random/round-2/config.yaml"))
            .contains(folder.resolve("grown/random/round-1").toString()));
    assertTrue(
        Files.readString(folder.resolve("grown/random/round-2/provenance.json")).contains("start"));

    String before = Files.readString(folder.resolve("grown/curve.json"));
    grow(ExitCode.OK, teacher, "--rounds=3", "--pick=uncertain,random");
    assertEquals(before, Files.readString(folder.resolve("grown/curve.json")));
    CapturedConsole other = grow(ExitCode.BAD_INPUT, teacher, "--rounds=3", "--learning-rate=1e-3");
    assertTrue(other.err().contains("expected a new folder"), other.err());
    CapturedConsole more = grow(ExitCode.BAD_INPUT, teacher, "--rounds=4");
    assertTrue(more.err().contains("POSTS: expected posts for round 4"), more.err());
  }

  @Test
  void aPersonMayLabel() throws IOException {
    Path gold = folder.resolve("gold.jsonl");
    String with = "--with=gold:" + gold;
    CapturedConsole first = grow(ExitCode.OK, with, "--rounds=1");
    assertTrue(first.out().startsWith("2 posts have no label in " + gold), first.out());
    assertFalse(Files.exists(folder.resolve("grown/curve.json")));
    StringBuilder labelled = new StringBuilder();
    for (String line : Files.readAllLines(folder.resolve("grown/wanted.jsonl"))) {
      String text = JSON.readTree(line).path("text").asString();
      labelled.append("{\"text\": \"" + text + "\", \"labels\": [\"positive\"]}\n");
    }
    Files.writeString(gold, labelled.toString());
    grow(ExitCode.OK, with, "--rounds=1");
    assertEquals("person", curve().path("by").asString());
    assertEquals(2, curve().at("/lines/0/points/1/labels").asInt());
  }

  @Test
  void badOptionsAreRefused() {
    assertTrue(
        grow(ExitCode.BAD_INPUT, "--with=gold:x.jsonl", "--rounds=0")
            .err()
            .contains("--rounds: expected 1 or more, found 0"));
    assertTrue(
        grow(ExitCode.BAD_INPUT, "--with=gold:x.jsonl", "--learning-rate=0")
            .err()
            .contains("--learning-rate: expected a number above 0"));
  }
}
