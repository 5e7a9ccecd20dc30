package io.gnomon.bench;

import io.gnomon.checkpoint.SafetensorsFolder;
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
    int longest = Math.min(cell.text().maxLength(), setup.teacher().maxInput());
    long parameters = parameters(setup.model().folder());
    return new TeacherClassifier(
        setup, longest, new Making(Map.of("loading", seconds), 0, 0, parameters, 0, Map.of()));
  }

  private static long parameters(Path folder) {
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
