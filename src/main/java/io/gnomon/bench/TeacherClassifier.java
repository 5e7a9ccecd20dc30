package io.gnomon.bench;

import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.SuiteConfig.TextsConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.TeacherSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The teacher at its prompt, asked about texts. */
final class TeacherClassifier implements Classifier {
  private final TeacherSetup setup;
  private final int longest;
  private final Making making;

  private TeacherClassifier(TeacherSetup setup, int longest, Making making) {
    this.setup = setup;
    this.longest = longest;
    this.making = making;
  }

  static TeacherClassifier load(Cell cell) {
    long start = System.nanoTime();
    TeacherSetup setup = TeacherSetup.of(cell.experiment());
    double seconds = (System.nanoTime() - start) / 1e9;
    long parameters = parameters(setup.model().folder());
    Making making = new Making(Map.of("loading", seconds), 0, 0, parameters, 0);
    return new TeacherClassifier(setup, longest(cell.text(), setup), making);
  }

  private static int longest(TextsConfig text, TeacherSetup setup) {
    return Math.min(text.maxLength(), setup.teacher().maxInput());
  }

  /**
   * What teaching took.
   *
   * @param learned numbers that it learned
   * @param shared those that it left alone
   */
  record Lessons(double seconds, long samples, long learned, long shared) {}

  /** The model that lessons left, which is {@code experiment}'s teacher. */
  static TeacherClassifier taught(ExperimentConfig experiment, TextsConfig text, Lessons lessons) {
    Making making =
        new Making(
            Map.of(), lessons.seconds(), lessons.samples(), lessons.learned(), lessons.shared());
    TeacherSetup setup = TeacherSetup.of(experiment);
    return new TeacherClassifier(setup, longest(text, setup), making);
  }

  /** Numbers in a model. */
  static long parameters(Path folder) {
    try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
      return weights.names().stream().mapToLong(name -> weights.info(name).elements()).sum();
    }
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return TokenizedSet.unlabelled(
            texts, i -> "text " + (i + 1), setup.model().tokenizer(), longest)
        .answers(setup.teacher());
  }

  @Override
  public Making making() {
    return making;
  }

  @Override
  public void close() {
    setup.close();
  }
}
