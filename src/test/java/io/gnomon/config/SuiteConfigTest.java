package io.gnomon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gnomon.TinySuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteConfigTest {
  @TempDir Path folder;

  private LoadedSuite load(String suite, String... sets) throws IOException {
    return ConfigLoader.suite(TinySuite.write(folder, suite), List.of(sets), List.of());
  }

  private List<String> problems(String suite) {
    ConfigException e = assertThrows(ConfigException.class, () -> load(suite));
    return e.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private static String with(String approach) {
    return TinySuite.SUITE + "  " + approach + "\n";
  }

  @Test
  void everyCellHasItsExperiment() throws IOException {
    LoadedSuite suite = load(TinySuite.SUITE);
    ExperimentConfig uniform = suite.experiment("uniform", "goemotions-binary", 7);
    assertEquals("uniform", uniform.name());
    assertEquals(7, uniform.seed());
    assertInstanceOf(VectorSamplerConfig.Uniform.class, uniform.sampler());
    assertEquals(7, uniform.sampler().length().max());
    assertEquals("goemotions-binary", uniform.task().name());
    ExperimentConfig bursty = suite.experiment("bursty+12", "goemotions-binary", 1);
    assertEquals("bursty-12", bursty.name());
    assertEquals(12, bursty.training().steps());
    assertInstanceOf(TokenSamplerConfig.Bursty.class, bursty.sampler());
  }

  @Test
  void anApproachsSettingsAreOverTheSuites() throws IOException {
    LoadedSuite suite = load(TinySuite.SUITE, "seeds=[3]", "set.training={steps: 7}");
    assertEquals(List.of(3L), suite.config().seeds());
    assertEquals(
        7, suite.experiment("uniform", "goemotions-binary", 3).training().steps(), "of the suite");
    assertEquals(
        12, suite.experiment("bursty+12", "goemotions-binary", 3).training().steps(), "its own");
  }

  @Test
  void aTasksSettingsAreOverTheApproachs() throws IOException {
    String own = "task_set: {goemotions-binary: {sampler.length.max: 11}}\n";
    LoadedSuite suite = load(TinySuite.SUITE + own);
    ExperimentConfig uniform = suite.experiment("uniform", "goemotions-binary", 1);
    assertInstanceOf(VectorSamplerConfig.Uniform.class, uniform.sampler(), "still the approach's");
    assertEquals(3, uniform.sampler().length().min(), "still the approach's");
    assertEquals(11, uniform.sampler().length().max());
    assertEquals(
        List.of(
            "suite.yaml:13: task_set.goemotions: the task 'goemotions'; allowed: tasks of this"
                + " suite: goemotions-binary"),
        problems(TinySuite.SUITE + own.replace("-binary", "")));
  }

  @Test
  void whatIsWritten() throws IOException {
    SuiteConfig suite = load(TinySuite.SUITE).config();
    String text = ConfigWriter.write(suite);
    Path file = Files.writeString(folder.resolve("resolved.yaml"), text);
    assertEquals(
        suite, ConfigLoader.load(file, SuiteConfig.class, List.of(), List.of()).config(), text);
    ApproachConfig uniform = suite.approaches().get("uniform");
    assertEquals(
        "{sampler: {kind: uniform, length: {min: 3, max: 7}}}",
        String.valueOf(uniform == null ? null : uniform.set()));
  }

  @Test
  void aSettingIsWrongInTheSuitesOwnLine() {
    assertEquals(
        List.of(
            "suite.yaml:13: student.hidden: the text 'wide'; allowed: an integer from 1 to 16384",
            "suite.yaml:13: training.step: unknown key; allowed: steps, batch_size,"
                + " checkpoint_every, start; did you mean 'steps'?"),
        problems(
            with(
                "x: {kind: projection, set: {training: {step: 5}, student: {kind: roberta, hidden:"
                    + " wide}}}")));
  }

  @Test
  void whatIsNotAnApproachsToSet() {
    assertEquals(
        List.of(
            "suite.yaml:13: seed: a key that is not an approach's to set; allowed: keys of the"
                + " experiment other than name, seed and task"),
        problems(with("x: {kind: projection, set: {seed: 5}}")));
  }

  @Test
  void aPoolingStudentNeedsNone() throws IOException {
    String suite = TinySuite.SUITE.replace("max_length: 16", "max_length: 29");
    assertEquals(1, problems(suite).size());
    LoadedSuite loaded = load(suite + "set: {student: {kind: static}}\n");
    assertEquals(
        new StudentConfig.Static(128, 64),
        loaded.experiment("uniform", "goemotions-binary", 1).student());
  }

  @Test
  void aStudentNeedsPositionsForTheTexts() {
    assertEquals(
        List.of(
            "base.yaml:4 (for goemotions-binary/uniform): student.max_positions: 29 positions;"
                + " allowed: at least texts.max_length + 1 = 30, for the start vector; did you mean"
                + " '30'?"),
        problems(TinySuite.SUITE.replace("max_length: 16", "max_length: 29")));
  }

  @Test
  void everythingWrongWithTheSuiteAtOnce() {
    String kinds =
        "teacher, constant, projection, direct, distillation, synthetic, classical, taught";
    assertEquals(
        List.of(
            "suite.yaml:13: approaches.x.kind: the text 'projecting'; allowed: "
                + kinds
                + "; did you mean 'projection'?",
            "suite.yaml:14: approaches.y.learner: missing key; allowed: what learns from it",
            "suite.yaml:14: approaches.y.labels: the text 'golden'; allowed: gold, teacher; did you"
                + " mean 'gold'?",
            "suite.yaml:6: seeds: a seed given twice; allowed: each seed once"),
        problems(
            TinySuite.SUITE.replace("[1, 2]", "[2, 2]")
                + "  x: {kind: projecting}\n"
                + "  y: {kind: classical, features: embeddings, labels: golden}\n"));
  }

  @Test
  void everyTableNeedsItsFloors() {
    List<String> found = problems(TinySuite.SUITE.replace("  teacher: {kind: teacher}\n", ""));
    assertEquals(
        List.of(
            "suite.yaml:8: approaches: none of kind teacher; allowed: a teacher and a constant among"
                + " them, which every table is measured against"),
        found);
  }

  @Test
  void aMissingBaseIsNamed() throws IOException {
    List<String> found = problems(TinySuite.SUITE.replace("base.yaml", "bas.yaml"));
    assertEquals(
        List.of(
            "bas.yaml (for goemotions-binary/teacher): no such file; allowed: a readable YAML file;"
                + " did you mean 'base.yaml'?"),
        found.stream().map(line -> line.replace(folder.toString(), "")).toList());
  }

  @Test
  void aFileOfAnotherSortIsToldInALine() throws IOException {
    Path suite = TinySuite.write(folder, TinySuite.SUITE);
    Path experiment = Files.writeString(folder.resolve("x.yaml"), "training: {steps: 1}\n");
    InputException bench =
        assertThrows(
            InputException.class, () -> ConfigLoader.suite(experiment, List.of(), List.of()));
    assertEquals(
        experiment + ": expected a suite, found an experiment; use gnomon run", bench.getMessage());
    InputException run =
        assertThrows(InputException.class, () -> ConfigLoader.experiment(suite, List.of()));
    assertEquals(
        suite + ": expected an experiment, found a suite; use gnomon bench", run.getMessage());
  }
}
