package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.cli.Console;
import io.gnomon.cli.ExitCode;
import io.gnomon.cli.Main;
import io.gnomon.config.InputException;
import io.gnomon.report.ReportPage.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportPageTest {
  @TempDir Path root;
  private Path page = Path.of("");

  @BeforeEach
  void tree() throws IOException {
    TinyResults unused = TinyResults.write(root.resolve("results"));
    page = root.resolve("page.html");
  }

  private Outcome write() {
    return ReportPage.write(root.resolve("results"), page);
  }

  private JsonNode data() throws IOException {
    Matcher json =
        Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>")
            .matcher(Files.readString(page));
    assertTrue(json.find());
    return JsonMapper.shared().readTree(json.group(1));
  }

  @Test
  void holdsAllRunsAndSuites() throws IOException {
    Outcome outcome = write();
    assertEquals(9, outcome.runs());
    assertEquals(1, outcome.suites());
    assertEquals(List.of(), outcome.damages());
    String text = Files.readString(page);
    assertTrue(text.contains("9 runs (8 finished), 1 suite<"), "summary");
    assertTrue(text.contains(">unfinished: traced to step 300 of 600<"), "state");
    assertTrue(text.contains(">81.3 [75.0, 87.5]<"), "accuracy with its interval");
    // Mean of 62.5 and 68.75, and 12.7062 · 6.25 / 2; over texts ± 6.25 each.
    assertTrue(text.contains(">65.6 ± 39.7 [59.4, 71.9]<"), "over seeds and over texts");
    assertFalse(text.contains("damaged-title"));
  }

  @Test
  void theSameFoldersGiveTheSameBytes() throws IOException {
    Outcome unused = write();
    byte[] first = Files.readAllBytes(page);
    unused = write();
    assertArrayEquals(first, Files.readAllBytes(page));
  }

  /** Nothing is fetched: every address in it is text, and the browser is told to fetch nothing. */
  @Test
  void needsNoNetwork() throws IOException {
    Outcome unused = write();
    String text = Files.readString(page);
    Pattern loaded =
        Pattern.compile(
            "(?:src|href|action|data)\\s*=\\s*[\"']?(?!#|data:)[^\"'> ]*//|url\\(|@import|sourceMappingURL");
    String html = text.replaceAll("(?s)<script>.*?</script>", "");
    assertFalse(loaded.matcher(html).find(), "an address");
    assertTrue(html.contains("content=\"default-src 'none'; "));
    assertEquals(3, text.split("/\\*! [^\\n]*LICENSE", -1).length - 1, "licences of the libraries");
  }

  /** A class is named so in the configuration. */
  @Test
  void noTextOfARunBecomesMarkup() throws IOException {
    Outcome unused = write();
    assertFalse(Files.readString(page).contains("</script><b>"));
    assertTrue(data().at("/settings").has("task.classes.</script><b>"));
  }

  @Test
  void seedsOfOneConfigurationAreOneSeries() throws IOException {
    Outcome unused = write();
    JsonNode series = data().get("series");
    assertEquals(2, series.size());
    assertEquals("toy (3 seeds)", series.get(0).get("label").asString());
    assertEquals("wide", series.get(1).get("label").asString());
    JsonNode alpha = series.get(0).at("/curves/alpha");
    assertEquals(7, alpha.get("steps").size());
    // Shifts of 0.01, 0.02 and 0.05: mean 0.026667, sd 0.020817, t(0.975, 2) = 4.30265.
    assertEquals(0.626667, alpha.get("mean").get(0).asDouble(), 1e-6);
    assertEquals(4.3026527 * 0.020816660 / Math.sqrt(3), alpha.get("half").get(0).asDouble(), 1e-6);
    assertFalse(series.get(1).at("/curves/alpha").has("half"));
  }

  /** A run and its repetition are no sample of two. */
  @Test
  void oneSeedTwiceIsTwoSeries() throws IOException {
    new TinyResults(root.resolve("results")).run("toy/again", 2, 14, true);
    Outcome unused = write();
    JsonNode runs = data().get("runs");
    assertEquals("toy/again", runs.get(5).asString());
    assertEquals("toy/seed-2", runs.get(7).asString());
    JsonNode series = data().get("series");
    assertEquals("[5,6,8]", series.get(0).get("runs").toString());
    assertEquals("[7]", series.get(1).get("runs").toString());
    assertEquals("[9]", series.get(2).get("runs").toString());
  }

  @Test
  void confusionsAreCountedByHand() throws IOException {
    Outcome unused = write();
    JsonNode all = data().get("confusions");
    assertEquals(
        List.of("moods/teacher", "moods/tokens", "labels/teacher"),
        IntStream.range(0, all.size())
            .mapToObj(
                i ->
                    all.get(i).get("task").asString().replace("grid / ", "")
                        + "/"
                        + all.get(i).get("approach").asString())
            .toList());
    // Gold good, bad, bad, odd; predicted good, good, bad, odd.
    assertEquals("[[1,0,0],[1,1,0],[0,0,1]]", all.get(0).get("counts").toString());
    assertEquals("[[2,0,0],[2,2,0],[0,0,2]]", all.get(1).get("counts").toString());
    assertEquals(2, all.get(1).get("seeds").asInt());
    // fun: given once rightly, missed once; dull: once rightly, once wrongly, missed once.
    assertEquals("[[1,0,1],[1,1,1]]", all.get(2).get("labels").toString());
  }

  @Test
  void comparisonsAreThoseOfTheSuitesFile() throws IOException {
    Outcome unused = write();
    JsonNode pairs = data().get("pairs");
    assertEquals(1, pairs.size());
    assertEquals("grid / moods", pairs.get(0).get("task").asString());
    assertEquals("[\"teacher\",\"tokens\",\"tf-idf\"]", pairs.get(0).get("approaches").toString());
    assertEquals(
        List.of(1.0, 2.0, 0.03125, -0.0625, 0.125, 0.4, 0.01),
        pairs.get(0).get("pairs").get(2).valueStream().map(JsonNode::asDouble).toList());
  }

  @Test
  void aCellJustBegunIsNotDamaged() throws IOException {
    new TinyResults(root.resolve("results")).begun("moods/teacher/seed-2");
    Outcome outcome = write();
    assertEquals(List.of(), outcome.damages());
    assertEquals(10, outcome.runs());
    String text = Files.readString(page);
    assertTrue(text.contains("10 runs (8 finished), 1 suite<"), "summary");
    assertTrue(text.contains(">unfinished: begun<"), "state");
  }

  @Test
  void longTracesAreThinned() {
    List<Integer> all = IntStream.range(0, 1_000).boxed().toList();
    List<Integer> kept = PageData.thinned(all);
    assertEquals(PageData.POINTS, kept.size());
    assertEquals(0, kept.get(0));
    assertEquals(999, kept.get(kept.size() - 1));
    assertEquals(kept.size(), kept.stream().distinct().count());
  }

  @Test
  void whatIsDamagedIsNamedAndTheRestIsShown() throws IOException {
    new TinyResults(root.resolve("results")).damage();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            Console.of(new PrintWriter(out), new PrintWriter(err)),
            "report",
            root.resolve("results").toString());
    assertEquals(ExitCode.FAILURE, status);
    List<String> lines = err.toString().lines().toList();
    List<String> expected =
        List.of(
            "gnomon: grid/cells/moods/tokens/seed-2: cell.json: expected"
                + " what gnomon bench writes of a cell, found something else",
            "gnomon: toy/bare: config.yaml: cannot be read;",
            "gnomon: toy/cut: trace.jsonl: expected rows up to step 300",
            "gnomon: toy/half: trace.jsonl: expected a row for each trace step, found none",
            "gnomon: toy/torn: trace.jsonl:2: not a row of a trace",
            "gnomon: other: suite.yaml",
            "gnomon: grid/cells/moods/tokens/seed-1: predictions.txt:",
            "gnomon: grid: comparisons.json: expected comparisons as gnomon bench writes them");
    assertEquals(expected.size(), lines.size(), err::toString);
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(lines.get(i).startsWith(expected.get(i)), lines.get(i));
    }
    String text = Files.readString(root.resolve("results/report.html"));
    assertTrue(text.contains("8 runs (7 finished), 1 suite, 8 damaged or half-written<"));
    assertTrue(text.contains("<code>toy/torn</code>"));
    assertTrue(out.toString().contains("report.html: 8 runs, 1 suite, "), out::toString);
  }

  @Test
  void whereNothingIsThereIsNoPage() throws IOException {
    refuses(root.resolve("nowhere"), "expected a folder of results, found none");
    refuses(Files.createDirectory(root.resolve("empty")), "expected run folders");
    assertFalse(Files.exists(page));
  }

  private void refuses(Path folder, String expected) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> ReportPage.write(folder, page)).getMessage());
    assertTrue(message.startsWith(folder + ": " + expected), message);
  }
}
