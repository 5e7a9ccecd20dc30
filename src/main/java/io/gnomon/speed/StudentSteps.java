package io.gnomon.speed;

import ai.djl.ndarray.NDManager;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.StudentConfig.Arithmetic;
import io.gnomon.teacher.EmbeddingTable;
import java.util.EnumMap;
import java.util.Map;

/** A student's training step in each arithmetic that its kind has. */
final class StudentSteps implements AutoCloseable {
  private final Map<Arithmetic, StudentStep> steps = new EnumMap<>(Arithmetic.class);

  /** Arguments as {@link StudentStep} has them. */
  StudentSteps(
      NDManager parent, StudentConfig config, EmbeddingTable table, int batch, int length) {
    for (Arithmetic arithmetic : StudentSizes.arithmetics(config)) {
      StudentConfig own = StudentSizes.in(arithmetic, config, length);
      steps.put(arithmetic, new StudentStep(parent, own, table, batch, length));
    }
  }

  /** By arithmetic, float32 first. */
  Map<Arithmetic, StudentStep> byArithmetic() {
    return steps;
  }

  @Override
  public void close() {
    steps.values().forEach(StudentStep::close);
  }
}
