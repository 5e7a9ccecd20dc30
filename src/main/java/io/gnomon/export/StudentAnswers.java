package io.gnomon.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.teacher.TokenBatch;
import java.util.Arrays;

/** The student itself, in DJL: what an export is measured against. */
final class StudentAnswers implements Answering {
  private final Student student;
  private final EmbeddingTable table;
  private final NDManager manager;

  StudentAnswers(Student student, EmbeddingTable table, NDManager manager) {
    this.student = student;
    this.table = table;
    this.manager = manager;
  }

  @Override
  public double[][] answer(TokenBatch batch) {
    int width = batch.ids()[0].length;
    boolean padded = Arrays.stream(batch.lengths()).anyMatch(length -> length != width);
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray x = table.lookup(local, batch.ids()); // (B, T, d)
      return student.probabilities(x, padded ? batch.mask(local) : null);
    }
  }

  /** The student stays open: it is not this one's. */
  @Override
  public void close() {}
}
