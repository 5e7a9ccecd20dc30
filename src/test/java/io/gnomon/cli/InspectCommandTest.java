package io.gnomon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.checkpoint.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InspectCommandTest {
  @TempDir Path root;

  private String file(String name, String... lines) throws IOException {
    Path file = root.resolve(name);
    Files.write(file, List.of(lines));
    return file.toString();
  }

  private String labels() throws IOException {
    return file(
        "labels.csv",
        "text,labels,probabilities",
        "a fine film of the sea and its people,positive,0.91",
        "a dull one,negative,0.55",
        "I liked it,positive,0.99",
        "I liked it,negative,0.8");
  }

  private String test() throws IOException {
    return file(
        "test.jsonl",
        "{\"text\": \"a fine film of the sea and its people!\", \"label\": \"positive\"}",
        "{\"text\": \"what a bore\", \"label\": \"negative\"}");
  }

  @Test
  void saysAndWritesWhatItFound() throws IOException {
    CapturedConsole console = new CapturedConsole();
    Path json = root.resolve("found.json");
    Path out = root.resolve("plots");
    String other = file("other.csv", "text,label", "a dull one,positive", "I liked it,positive");
    int status =
        console.run(
            "inspect",
            labels(),
            "--test",
            test(),
            "--against",
            other,
            "--within",
            "--json",
            json.toString(),
            "--out",
            out.toString());
    assertEquals(ExitCode.OK, status, console.err());
    for (String line :
        List.of(
            "labels.csv: 4 rows",
            "  1 texts occur more than once, 1 of them with different labels",
            "    rows 3, 4: positive | negative  \"I liked it\"",
            "  across the split: 1 pairs; 1 of 4 rows are in the test set, or nearly",
            "    0.97  row 1, test row 1  \"a fine film of the sea and its people\"",
            "  2 texts that both labelled; 2 in the first alone, 0 in the second alone",
            "  0 of 2 labels differ by more than chance (p < 0.05)")) {
      assertTrue(console.out().contains(line + "\n"), () -> line + "\nin\n" + console.out());
    }
    JsonNode found = Json.read(json);
    assertEquals(2, found.path("shares").path("labels").size());
    assertEquals(0.5, found.path("agreement").path("same").path("value").asDouble());
    assertEquals("disagreement", kinds(found).get(0));
    assertTrue(Files.size(out.resolve("shares.png")) > 1000);
    assertTrue(Files.readString(out.resolve("shares.svg")).contains("positive"));
  }

  private static List<String> kinds(JsonNode found) {
    return found
        .path("attention")
        .get(0)
        .path("reasons")
        .valueStream()
        .map(reason -> reason.path("kind").asString())
        .toList();
  }

  @Test
  void looksAtASetOfATask() {
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run(
            "inspect", "embedded:goemotions-slice.tsv", "--task", "tasks/goemotions-binary");
    assertEquals(ExitCode.OK, status, console.err());
    assertTrue(
        console.out().startsWith("embedded:goemotions-slice.tsv: 600 rows\n"), console.out());
  }

  /** As gnomon grow writes them for a person to label. */
  @Test
  void postsWithoutLabelsTakeThoseOfATask() throws IOException {
    String posts = file("wanted.jsonl", "{\"text\":\"a fine film\"}", "{\"text\":\"a dull one\"}");
    CapturedConsole console = new CapturedConsole();
    int status = console.run("inspect", posts, "--task", "tasks/imdb");
    assertEquals(ExitCode.OK, status, console.err());
    assertTrue(console.out().contains("  2 without a label: rows 1, 2\n"), console.out());
    refuses(
        "wanted.jsonl:1: expected a column 'label', found text; name the right ones with --text and --label",
        posts);
  }

  private void refuses(String line, String... words) {
    CapturedConsole console = new CapturedConsole();
    int status =
        console.run(Stream.concat(Stream.of("inspect"), Stream.of(words)).toArray(String[]::new));
    assertEquals(ExitCode.BAD_INPUT, status, console.out());
    assertEquals("gnomon: " + line + "\n", console.err().replace(root + "/", ""));
  }

  @Test
  void refusesInOneLine() throws IOException {
    String labels = labels();
    refuses("LABELS: expected a labelled table, or --task and its set, found neither; name one");
    refuses(
        "--out: expected --test, whose shares are drawn, found none; give it, or leave --out out",
        labels,
        "--out",
        "x");
    refuses(
        "--similarity: expected a number above 0 and up to 1, found 1.5; give another, or leave it out",
        labels,
        "--similarity",
        "1.5");
    refuses(
        "--gold: expected --review beside it, found none; give it, or leave --gold out",
        labels,
        "--gold",
        "g.jsonl");
    refuses(
        "--gold: expected a name that ends in .jsonl, found g.csv; rename it",
        labels,
        "--review",
        "--gold",
        "g.csv");
    refuses(
        "--test train: expected --task to say whose part that is, found none; name it, or give a file",
        labels,
        "--test",
        "train");
    refuses(
        "labels.csv:1: expected a column 'tag', found text, labels, probabilities; name the right ones with --text and --label"
            .replace(":1:", ":2:"),
        labels,
        "--label",
        "tag");
  }

  /** Every row of it would count as decided, and the first decision would rewrite it. */
  @Test
  @Timeout(60)
  void theLabelledSetIsNoGoldFileHoweverItIsSpelled() throws IOException {
    Path labels =
        Path.of(file("set.jsonl", "{\"text\":\"a fine film\",\"labels\":[\"positive\"]}"));
    Path linked = Files.createSymbolicLink(root.resolve("linked.jsonl"), labels);
    Path inner = Files.createDirectory(root.resolve("inner"));
    for (Path gold :
        List.of(labels, root.resolve("./set.jsonl"), inner.resolve("../set.jsonl"), linked)) {
      refuses(
          "--gold: expected another file than LABELS, found %s; give another"
              .formatted(gold.toString().replace(root + "/", "")),
          labels.toString(),
          "--review",
          "--port",
          "0",
          "--gold",
          gold.toString());
    }
  }

  /** Killed without warning after each answer, and started again: all decisions are there. */
  @Test
  void aKilledReviewLosesNothing() throws IOException, InterruptedException {
    String labels = labels();
    Path gold = root.resolve("labels.gold.jsonl");
    for (int row = 0; row < 4; row++) {
      Process process = start(labels);
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        String address = out.readLine();
        assertTrue(address.matches("http://127\\.0\\.0\\.1:\\d+"), address);
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(address + "/decide"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"id\":" + row + ",\"labels\":[\"positive\"]}"))
                .build();
        HttpResponse<String> answer =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
      } finally {
        process.destroyForcibly();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      }
      assertEquals(row + 1, Files.readAllLines(gold).size());
    }
    assertEquals(
        "{\"row\":4,\"text\":\"I liked it\",\"labels\":[\"positive\"],\"by\":\"person\"}",
        Files.readAllLines(gold).get(3));
  }

  private static Process start(String labels) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.gnomon.cli.Main", "inspect", labels, "--review", "--port", "0"));
    return new ProcessBuilder(command).start();
  }
}
