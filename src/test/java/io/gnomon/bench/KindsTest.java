package io.gnomon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinySuite;
import io.gnomon.bench.Bench.Outcome;
import io.gnomon.bench.Bench.Request;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.tensor.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of approach in grids of seconds, on one label a text and on several. */
class KindsTest {
  private static final Request ALL = new Request(List.of(), false);

  private static final String APPROACHES =
      """
      seeds: [1]
      texts: {dev: 30, test: 60, max_length: 16}
      approaches:
        teacher: {kind: teacher}
        constant: {kind: constant}
        projection: {kind: projection}
        direct: {kind: direct}
        distillation: {kind: distillation}
        synthetic: {kind: synthetic, texts: 20, max_length: 5}
        words: {kind: classical, features: tfidf-word, learner: logistic-regression}
        told: {kind: classical, features: tfidf-word-char, learner: sgd, labels: teacher}
        told-words: {kind: classical, features: tfidf-word, learner: logistic-regression, labels: teacher}
        near: {kind: classical, features: embeddings, learner: neighbours}
        lora: {kind: taught, method: lora, rank: 3, steps: 12, batch_size: 5}
        full: {kind: taught, method: full, steps: 12, batch_size: 5}
      """;

  private static final String ONE =
      """
      name: one
      experiment: base.yaml
      tasks:
        - from: tasks/goemotions-binary
          data: {kind: goemotions, path: "@"}
      """
          + APPROACHES;

  private static final String SEVERAL =
      """
      name: several
      experiment: base.yaml
      tasks:
        - name: feelings
          type: multi-label
          prompt: {prefix: "A text: ", suffix: " Does it show {label}?"}
          classes: {joy: [joy], love: [love], sadness: [sadness]}
          answers: {yes: ["Yes"], no: ["No"]}
          data: {kind: goemotions, path: "@", grouping: all}
      """
          + APPROACHES;

  @TempDir Path folder;

  @BeforeAll
  static void oneThread() {
    Devices.threads(1);
  }

  private Bench bench(BenchListener heard, String suite, String results) throws IOException {
    String own = suite.replace("@", TinySuite.emotions(folder).toString());
    Path file = TinySuite.write(folder, own);
    return new Bench(
        ConfigLoader.suite(file, List.of(), List.of()), folder.resolve(results), heard);
  }

  private CellFolder cell(String results, String suite, String id) {
    return SuiteFolder.of(folder.resolve(results), suite).cell(id + "/seed-1");
  }

  private double figure(String results, String suite, String id, Figure figure) {
    CellRecord record = cell(results, suite, id).read().orElseThrow();
    return record.get(figure).orElseThrow().value();
  }

  private Costs costs(String id) {
    CellRecord record = cell("whole", "one", "goemotions-binary/" + id).read().orElseThrow();
    return Objects.requireNonNull(record.costs());
  }

  private double labelling(String id) {
    return costs(id).preparationSeconds().getOrDefault("labelling", 0.0);
  }

  private Set<String> preparation(String id) {
    Costs costs = costs(id);
    assertTrue(
        costs.preparationSeconds().values().stream().allMatch(it -> it >= 0), costs::toString);
    assertTrue(costs.trainingSeconds() > 0, costs::toString);
    return costs.preparationSeconds().keySet();
  }

  @Test
  void oneLabelAText() throws IOException {
    whole("one", ONE, "goemotions-binary/", Set.of("positive", "negative"));
    assertEquals(Set.of("until the first step"), preparation("projection"));
    assertEquals(Set.of("preparation", "until the first step"), preparation("direct"));
    assertEquals(
        Set.of("preparation", "labelling", "until the first step"), preparation("distillation"));
    assertEquals(
        Set.of("preparation", "generation", "labelling", "until the first step"),
        preparation("synthetic"));
    assertEquals(Set.of("features", "choosing C"), preparation("words"));
    assertEquals(Set.of("features"), preparation("near"));
    assertEquals(Set.of("features", "labelling"), preparation("told"));
    assertEquals(labelling("distillation"), labelling("told"), "one teacher's work on one set");
    assertEquals(Set.of("features", "choosing C", "labelling"), preparation("told-words"));
    assertTrue(labelling("told-words") > labelling("told"), "and on the dev texts");
    Costs lora = costs("lora");
    // Additions of rank 3 to the pocket teacher's two layers: 4 squares, 2 up, 1 down.
    assertEquals(2 * 3 * (4 * 2 * 128 + 3 * (128 + 344)), lora.parameters());
    assertEquals(1_444_480, lora.sharedParameters());
    assertEquals(1_444_480, costs("full").parameters());
    assertEquals(60, lora.samples());
    String words = "goemotions-binary/words";
    assertEquals(1, figure("whole", "one", words, Figure.ACCURACY), "the words tell the class");
    assertFalse(
        Files.exists(
            cell("whole", "one", "goemotions-binary/synthetic").path().resolve("answers")));
    assertTrue(Files.isDirectory(folder.resolve("whole/one/answers/embeddings")));
    resumes("one", ONE, "goemotions-binary/");
  }

  @Test
  void severalLabelsAText() throws IOException {
    whole("several", SEVERAL, "feelings/", Set.of("joy", "love", "sadness"));
    assertEquals(1, figure("whole", "several", "feelings/words", Figure.ACCURACY));
    assertEquals(1, figure("whole", "several", "feelings/words", Figure.MICRO_F1));
    assertEquals(1, figure("whole", "several", "feelings/teacher", Figure.AGREEMENT));
    // 40 of 60 have joy, 20 love, 20 sadness. Tuned, the constant gives all: 80 of 180 right,
    // F1 = 160 / 260. Of one label a text, joy: 40 right of 60, 80 there.
    String constant = "feelings/constant";
    assertEquals(0, figure("whole", "several", constant, Figure.ACCURACY));
    assertEquals(
        160.0 / 260, figure("whole", "several", constant, Figure.MICRO_F1), 1e-12, "all labels");
    assertEquals(80.0 / 140, figure("whole", "several", constant, Figure.MICRO_F1_TOP_K), 1e-12);
    resumes("several", SEVERAL, "feelings/");
  }

  private void whole(String suite, String yaml, String task, Set<String> classes)
      throws IOException {
    Heard heard = Heard.patient();
    Outcome outcome = bench(heard, yaml, "whole").run(ALL);
    List<String> causes =
        heard.ended.stream().filter(CellRecord::failed).map(it -> "" + it.cause()).toList();
    assertEquals(List.of(), causes);
    assertEquals(new Outcome(12, 0, List.of(), 0), outcome);
    for (Cell cell :
        Grid.cells(ConfigLoader.suite(folder.resolve("suite.yaml"), List.of(), List.of()))) {
      CellFolder own = cell("whole", suite, task + cell.approach());
      CellPredictions kept = CellPredictions.read(own.predictions());
      assertEquals(classes, new HashSet<>(kept.classes()), cell::id);
      assertEquals(60, kept.right().length, cell::id);
      double right = 0;
      for (boolean it : kept.right()) {
        right += it ? 1.0 / 60 : 0;
      }
      String id = task + cell.approach();
      assertEquals(figure("whole", suite, id, Figure.ACCURACY), right, 1e-9, id);
    }
    Heard again = Heard.patient();
    assertEquals(outcome, bench(again, yaml, "whole").run(ALL));
    assertEquals(List.of(), again.begun);
  }

  /** Seven steps a sitting, until nothing is left. */
  private void resumes(String suite, String yaml, String task) throws IOException {
    Set<String> finished = new HashSet<>();
    Outcome outcome = new Outcome(0, 0, List.of(), 12);
    for (int sitting = 0; sitting < 20 && outcome.left() > 0; sitting++) {
      Heard heard = Heard.forSteps(7);
      outcome = bench(heard, yaml, "broken").run(ALL);
      assertEquals(0, outcome.failed());
      assertEquals(finished.size() + heard.ended.size(), outcome.finished());
      for (String begun : heard.begun) {
        assertFalse(finished.contains(begun), () -> "redone: " + begun);
      }
      finished.addAll(heard.begun.subList(0, heard.ended.size()));
    }
    assertEquals(new Outcome(12, 0, List.of(), 0), outcome);
    for (String approach : List.of("direct", "distillation", "synthetic", "told", "lora")) {
      Map<String, Estimate> whole =
          cell("whole", suite, task + approach).read().orElseThrow().figures();
      assertEquals(
          whole, cell("broken", suite, task + approach).read().orElseThrow().figures(), approach);
    }
  }

  /** Says of each thing told whether memory was being watched. */
  private record Watching(List<String> told) implements BenchListener {
    @Override
    public void begins(Cell cell, String place) {}

    @Override
    public void ended(Cell cell, CellRecord record) {}

    @Override
    public void note(String line) {
      boolean watched =
          Thread.getAllStackTraces().keySet().stream()
              .anyMatch(thread -> thread.getName().equals("resident-memory"));
      told.add((watched ? "watched: " : "") + line.replaceFirst(" of .*", ""));
    }

    @Override
    public void progress(long done, long all) {}

    @Override
    public boolean stop() {
      return false;
    }
  }

  /** Or a cell's peak would depend on whether another had asked the same before. */
  @Test
  void theTeacherThatLabelsIsNotInTheMemoryOfTheCellThatAsksFirst() throws IOException {
    List<String> told = new ArrayList<>();
    bench(new Watching(told), ONE, "a").run(new Request(List.of("*/told-words/*"), false));
    List<String> asked = told.stream().filter(line -> line.contains("asking")).toList();
    assertEquals(
        List.of(
            "asking the teacher about 60 test texts",
            "asking the teacher about 90 train texts",
            "asking the teacher about 30 dev texts"),
        asked);
    boolean tells = Files.exists(Path.of("/proc/self/status"));
    String chosen = (tells ? "watched: " : "") + "C = 10";
    assertTrue(told.stream().anyMatch(line -> line.startsWith(chosen)), told::toString);
  }

  @Test
  void aHiddenLayerOnHashedColumnsIsRefusedWithTheSuite() {
    String suite = ONE + "  wide: {kind: classical, features: two-gram, learner: mlp}\n";
    InputException refused =
        assertThrows(InputException.class, () -> bench(Heard.patient(), suite, "a").plan(ALL));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("approaches.wide.features"), message);
    assertTrue(message.contains("embeddings or tf-idf beside mlp, or another learner"), message);
  }

  @Test
  void theBestConstantsAgreementIsTheMeanOverLabels() {
    double[][] g = {{0.9, 0.2}, {0.6, 0.5}, {0.1, 0.7}, {0.8, 0.1}, {0.9, 0.1}};
    assertEquals((0.8 + 0.6) / 2, MultiLabelScorer.agreementFloor(g), 1e-12);
  }
}
