package io.gnomon.answer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Answers out of a table; the teacher is asked for those that are not there, and what it says is
 * kept.
 */
public final class KeptAnswers implements Answers {
  private final AnswerTable table;
  private final Answers teacher;

  /**
   * Reads {@code table} first.
   *
   * @param teacher asked for the rest
   */
  public KeptAnswers(AnswerTable table, Answers teacher) {
    this.table = table;
    this.teacher = teacher;
  }

  @Override
  public NDArray probabilities(long index, NDArray x) {
    Optional<float[]> kept = table.find(index);
    if (kept.isPresent()) {
      long rows = x.getShape().get(0);
      int classes = table.key().classes();
      FloatBuffer values = FloatBuffer.wrap(kept.get(), 0, Math.toIntExact(rows * classes));
      return x.getManager().create(values, new Shape(rows, classes));
    }
    NDArray g = teacher.probabilities(index, x);
    if (table.claimed()) {
      table.keep(index, g.toFloatArray());
    }
    return g;
  }
}
