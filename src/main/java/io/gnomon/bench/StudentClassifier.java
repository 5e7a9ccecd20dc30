package io.gnomon.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingSpace;
import io.gnomon.tensor.Devices;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A trained student on the teacher's embedding table, asked about texts. */
public final class StudentClassifier implements Classifier {
  private final EmbeddingSpace space;
  private final NDManager manager;
  private final Student student;
  private final int longest;
  private final Making making;

  private StudentClassifier(
      EmbeddingSpace space, NDManager manager, Student student, int longest, Making making) {
    this.space = space;
    this.manager = manager;
    this.student = student;
    this.longest = longest;
    this.making = making;
  }

  /** What its training took; what the student itself is, is added here. */
  public record Training(
      Map<String, Double> preparationSeconds,
      double trainingSeconds,
      long samples,
      Costs.@Nullable AnswersKept answersKept,
      Map<Figure, Estimate> measured) {}

  /** Loads the student that a training left in {@code folder}. */
  public static StudentClassifier load(Cell cell, Path folder, Training training) {
    Device device = Devices.of(cell.experiment().runtime().device());
    EmbeddingSpace space = EmbeddingSpace.open(cell.experiment().teacher().path(), device);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      Student student = Student.load(manager, folder);
      int longest = Math.min(cell.text().maxLength(), student.shape().longest());
      long table = (long) space.embeddings().size() * space.embeddings().dimension();
      Making making =
          new Making(
              training.preparationSeconds(),
              training.trainingSeconds(),
              training.samples(),
              student.parameters().count(),
              table,
              training.answersKept(),
              training.measured());
      return new StudentClassifier(space, manager, student, longest, making);
    } catch (RuntimeException e) {
      manager.close();
      space.close();
      throw e;
    }
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return TokenizedSet.unlabelled(texts, i -> "text " + (i + 1), space.tokenizer(), longest)
        .answers(student, space.embeddings(), manager);
  }

  @Override
  public Making making() {
    return making;
  }

  @Override
  public void close() {
    student.close();
    manager.close();
    space.close();
  }
}
