package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinySuite;
import io.gnomon.bench.Figure;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.cli.Console;
import io.gnomon.cli.ExitCode;
import io.gnomon.cli.Main;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables of one run of the tiny suite, with a cell that fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SuiteReportTest {
  private Path folder = Path.of("");
  private SuiteFolder suite = new SuiteFolder(Path.of(""));
  private Path file = Path.of("");

  @BeforeAll
  void run(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Path hollow = Files.createDirectories(folder.resolve("hollow"));
    Files.writeString(hollow.resolve("config.json"), "{}");
    file =
        TinySuite.write(
            folder,
            TinySuite.SUITE
                + "  hollow: {kind: projection, set: {student.from_checkpoint: \""
                + hollow
                + "\"}}\n"
                + "printed: {goemotions-binary: {uniform: 0.912}}\n");
    suite = SuiteFolder.of(folder.resolve("results"), "tiny");
    assertEquals(ExitCode.FAILURE, command());
  }

  private int command(String... more) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    List<String> words =
        Stream.concat(
                Stream.of(
                    "bench", file.toString(), "--results", folder.resolve("results").toString()),
                Stream.of(more))
            .toList();
    return Main.run(Console.of(writer, writer), words.toArray(String[]::new));
  }

  private Map<String, byte[]> written() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(suite.path())) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        files.put(path.getFileName().toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private String table() throws IOException {
    return Files.readString(suite.path().resolve("table.md"));
  }

  private JsonNode json() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(suite.path().resolve("table.json")))
        .get("tasks")
        .get("goemotions-binary");
  }

  @Test
  void theSameCellsGiveTheSameBytes() throws IOException {
    Map<String, byte[]> before = written();
    assertEquals(
        List.of(
            "accuracy.png",
            "accuracy.svg",
            "angle-goemotions-binary.png",
            "angle-goemotions-binary.svg",
            "comparisons.json",
            "comparisons.md",
            "grid.txt",
            "suite.yaml",
            "table.json",
            "table.md"),
        List.copyOf(before.keySet()));
    // Neither base nor model is there any more: the report needs none.
    Path base = folder.resolve("base.yaml");
    String kept = Files.readString(base);
    Files.delete(base);
    for (String name : before.keySet()) {
      if (!name.equals("grid.txt") && !name.equals("suite.yaml")) {
        Files.delete(suite.path().resolve(name));
      }
    }
    assertEquals(ExitCode.OK, command("--report-only"));
    Files.writeString(base, kept);
    Map<String, byte[]> after = written();
    assertEquals(before.keySet(), after.keySet());
    before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
  }

  @Test
  void everyApproachHasItsRow() throws IOException {
    List<String> rows = table().lines().filter(line -> line.startsWith("| ")).toList();
    List<String> names =
        rows.stream().map(line -> line.replaceFirst("^\\| ([^ ]*) .*$", "$1")).toList();
    List<String> each =
        List.of("approach", "teacher", "constant", "uniform", "bursty+12", "hollow");
    assertEquals(Stream.concat(each.stream(), each.stream()).toList(), names);
    assertTrue(rows.get(5).endsWith("| – | – | – | – | – | – | failed | – |"), rows.get(5));
    assertTrue(rows.get(3).endsWith(" | 2 | 91.2 |"), rows.get(3));
    assertTrue(rows.get(3).contains(" ± "), rows.get(3));
    assertTrue(rows.get(1).contains(" | 100.0 [100.0, 100.0] | "), rows.get(1));
    assertTrue(
        table().contains("- `goemotions-binary/hollow/seed-2` failed: " + folder), this::said);
    assertTrue(table().contains("\n- α₀ on text, what the best constant reaches: 0."), this::said);
  }

  private String said() {
    try {
      return table();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Mean over seeds and its interval, from the cells' own figures. */
  @Test
  void seedsAreAveragedByHand() throws IOException {
    JsonNode accuracy = json().get("uniform").get("figures").get("accuracy");
    double a = accuracy.get("values").get(0).asDouble();
    double b = accuracy.get("values").get(1).asDouble();
    assertEquals((a + b) / 2, accuracy.get("value").asDouble(), 1e-12);
    // Of two, the standard error is |a − b|/2, and t(0.975, 1) = 12.7062.
    assertEquals(
        Math.min(1, (a + b) / 2 + 12.7062 * Math.abs(a - b) / 2),
        accuracy.get("high").asDouble(),
        1e-4);
    assertEquals("seeds", accuracy.get("interval").asString());
    assertEquals(
        "texts", json().get("teacher").get("figures").get("accuracy").get("interval").asString());
  }

  @Test
  void pairsAreComparedWithoutTheConstant() throws IOException {
    String text = Files.readString(suite.path().resolve("comparisons.md"));
    List<String> pairs =
        text.lines()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(line -> line.replaceFirst("^\\| (\\S+) \\| (\\S+) \\|.*$", "$1 $2"))
            .toList();
    assertEquals(List.of("teacher uniform", "teacher bursty+12", "uniform bursty+12"), pairs);
    assertFalse(text.contains("constant |"));
  }

  @Test
  void whatWasNeverRunIsSaid() {
    SuiteFolder nowhere = new SuiteFolder(folder.resolve("nowhere"));
    assertTrue(
        String.valueOf(
                assertThrows(InputException.class, () -> SuiteReport.write(nowhere)).getMessage())
            .contains("no such file"));
  }

  @Test
  void aNotebookReadsTheSameCells() throws IOException {
    SuiteResults results = SuiteResults.read(suite.path());
    assertEquals(List.of("goemotions-binary"), results.tasks());
    assertEquals(
        List.of("teacher 1 of 1", "constant 1 of 1", "uniform 2 of 2", "bursty+12 2 of 2"),
        results.rows().stream()
            .map(row -> row.approach() + " " + row.finished() + " of " + row.planned())
            .toList());
    SuiteResults cast = results.only(SuiteResults.Row::isProjection);
    assertEquals(2, cast.rows().size());
    assertEquals(2, results.only(SuiteResults.Row::isReference).rows().size());
    for (SuiteResults.Row row : cast.rows()) {
      String shown = "| " + row.approach() + " | ";
      String accuracy = TableNumbers.percent(row.get(Figure.ACCURACY).orElseThrow());
      assertTrue(
          table().lines().anyMatch(line -> line.startsWith(shown + accuracy)), row.approach());
      assertEquals(2, row.runs().size());
      assertTrue(row.seconds().orElseThrow() > 0);
    }
    String figures = cast.table(Figure.ACCURACY, Figure.ALPHA_NOISE).toString();
    assertTrue(figures.lines().anyMatch(line -> line.matches(".*uniform .* ± .* ± .* 2")), figures);
    assertTrue(
        results.progress().toString().lines().anyMatch(line -> line.matches(".* 4 +5 +6 +8")),
        () -> results.progress().toString());
    assertEquals(1440, cast.curves("goemotions-binary", "uniform", "unheard-of").getWidth());
    assertEquals(Figure.ACCURACY, cast.rows().get(0).headline());
    assertEquals(12L * 5, cast.rows().get(0).samples().orElseThrow());
    assertEquals(results.panels().getWidth(), results.panels(Figure.AGREEMENT).getWidth());
    assertTrue(cast.dots(Figure.ALPHA_NOISE, Figure.ALPHA_TEXT).image().getHeight() > 100);
    List<PairedComparison> pairs = PairedComparison.read(suite.path());
    assertEquals(3, pairs.size());
    PairedComparison turned = pairs.get(0).turned();
    assertEquals(pairs.get(0).first(), turned.second());
    assertEquals(-pairs.get(0).high(), turned.low());
  }
}
