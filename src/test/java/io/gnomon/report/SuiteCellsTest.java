package io.gnomon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.bench.Costs;
import io.gnomon.bench.Figure;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.geometry.Spread;
import io.gnomon.report.ApproachRow.State;
import io.gnomon.report.ApproachRow.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cells a suite's tables are made of, and how their figures are summed up. */
class SuiteCellsTest {
  @TempDir Path root;

  @BeforeEach
  void write() throws IOException {
    TinyResults unused = TinyResults.write(root);
  }

  private SuiteCells cells() {
    return SuiteCells.read(SuiteFolder.of(root, "grid"));
  }

  private void change(String cell, String from, String to) throws IOException {
    Path file = root.resolve("grid/cells/moods/" + cell + "/cell.json");
    String text = Files.readString(file);
    assertTrue(text.contains(from), text);
    Files.writeString(file, text.replace(from, to));
  }

  private List<State> moods() {
    return cells().tasks().get(0).rows().stream()
        .flatMap(row -> row.cells().stream())
        .map(ApproachRow.Kept::state)
        .toList();
  }

  @Test
  void aCellOfAnotherTeacherIsLeftOutAndNamed() throws IOException {
    change("tokens/seed-2", "\"t\"", "\"t2 bf16\"");
    assertEquals(
        List.of(State.FINISHED, State.FINISHED, State.FINISHED, State.OTHER_TEACHER), moods());
    Summary accuracy = cells().tasks().get(0).rows().get(2).figure(Figure.ACCURACY).orElseThrow();
    assertEquals(List.of(0.625), accuracy.values());
    String table = SuiteTable.of(cells());
    assertTrue(table.contains("\n- `moods/tokens/seed-2` is of another teacher than most"), table);
    assertTrue(SuiteJson.of(cells()).contains("\"other_teacher\""));
  }

  @Test
  void whatElseACellWasMadeFromIsNotItsTeacher() throws IOException {
    List<String> row = List.of("tokens/seed-1", "tokens/seed-2");
    for (String from : List.of("writer w", "from b", "student 5c")) {
      for (String cell : row) {
        change(cell, "\"t\"", "\"t " + from + "\"");
      }
      assertFalse(moods().contains(State.OTHER_TEACHER), from);
      for (String cell : row) {
        change(cell, "\"t " + from + "\"", "\"t\"");
      }
    }
  }

  @Test
  void ofAsManyTheNewerCount() throws IOException {
    for (String cell : List.of("tokens/seed-1", "tokens/seed-2")) {
      change(cell, "\"t\"", "\"t2\"");
    }
    change("tokens/seed-2", "03:04:05Z", "03:04:06Z");
    assertEquals(
        List.of(State.OTHER_TEACHER, State.OTHER_TEACHER, State.FINISHED, State.FINISHED), moods());
    assertTrue(SuiteTable.of(cells()).contains("| left out |"), () -> SuiteTable.of(cells()));
  }

  @Test
  void aWriterIsTheRowsOwnAndTextsAreTheTasks() throws IOException {
    change("tokens/seed-1", "\"t\"", "\"t writer v\"");
    change("tokens/seed-2", "\"t\"", "\"t writer w\"");
    change("tokens/seed-2", "03:04:05Z", "03:04:06Z");
    change("constant/seed-1", "\"x\"", "\"y\"");
    assertEquals(
        List.of(State.FINISHED, State.OTHER_TEXTS, State.OTHER_TEACHER, State.FINISHED), moods());
  }

  /** Two seeds, 0.625 and 0.6875 right, each ± 0.0625 over texts; t(0.975, 1) = 12.7062. */
  @Test
  void bothIntervalsByHand() {
    Summary accuracy = cells().tasks().get(0).rows().get(2).figure(Figure.ACCURACY).orElseThrow();
    assertEquals("65.6 ± 39.7 [59.4, 71.9]", TableNumbers.figure(Figure.ACCURACY, accuracy));
    assertEquals(0.65625 - 12.7062 * 0.03125, Objects.requireNonNull(accuracy.low()), 1e-5);
    assertEquals(1.0, Objects.requireNonNull(accuracy.high()), 0);
    String json = SuiteJson.of(cells()).replaceAll("\\s+", "");
    assertTrue(json.contains("\"texts\":{\"low\":0.59375,\"high\":0.71875}"), json);
  }

  @Test
  void thePartsOfPreparationAreNamed() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("preparation", 0.05);
    parts.put("generation", 40.6);
    parts.put("labelling", 2.5);
    parts.put("until the first step", 2.7);
    assertEquals(
        "46: 40.6 generation + 2.50 labelling + 2.70 until the first step",
        SuiteCosts.preparation(List.of(costs(parts))));
    assertEquals("7.00", SuiteCosts.preparation(List.of(costs(Map.of("features", 7.0)))));
    assertEquals("0.00", SuiteCosts.preparation(List.of(costs(Map.of()))));
  }

  @Test
  void keptAnswersAreSaidBesideTheTrainingTheyCheapened() {
    Costs paid = costs(Map.of(), new Costs.AnswersKept(0, 50));
    Costs half = costs(Map.of(), new Costs.AnswersKept(25, 50));
    assertEquals("7.00", SuiteCosts.training(List.of(paid, costs(Map.of()))));
    assertEquals("7.00 (25.0% kept)", SuiteCosts.training(List.of(paid, half)));
  }

  private static Costs costs(Map<String, Double> preparation) {
    return costs(preparation, null);
  }

  private static Costs costs(Map<String, Double> preparation, Costs.@Nullable AnswersKept kept) {
    Spread once = Spread.of(1);
    return new Costs(preparation, 7, 2, kept, 3, 5, once, once, null, null, null);
  }

  @Test
  void theLegendSaysWhatIsTrueOfTheSuite() throws IOException {
    String plain = SuiteLegend.of(cells().suite());
    for (String said :
        List.of("Test sets are whole", "`gnomon latency`", "exact match", "α₀", "*constant*")) {
      assertTrue(plain.contains(said), plain);
    }
    for (String unsaid : List.of("answers: keep", "Classical learners", "learned the teacher's")) {
      assertFalse(plain.contains(unsaid), plain);
    }
    Path file = root.resolve("grid/suite.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            + "  more: {kind: projection}\n"
            + "  distilled: {kind: distillation}\n"
            + "  words: {kind: classical, features: tfidf-word, learner: sgd, labels: teacher}\n"
            + "texts: {test: 2000, max_length: 96}\n");
    String other = SuiteLegend.of(cells().suite());
    for (String said :
        List.of(
            "answers: keep",
            "most the first 96 tokens",
            "in the preparation of *distilled*.",
            "at most 2,000 texts")) {
      assertTrue(other.contains(said), other);
    }
  }
}
