package io.gnomon.evaluation;

import ai.djl.ndarray.NDManager;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import io.gnomon.projection.TextProbe;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.OptionalInt;

/**
 * The trace's view of real text: the teacher is asked once, the student at every row. Evaluation
 * only: what it finds is written down and nothing flows back.
 */
public final class TextTrace implements TextProbe {
  private final TokenizedSet set;
  private final EmbeddingTable table;
  private final NDManager manager;
  private final double[][] teacher;
  private final OptionalInt component;

  /**
   * The trace of {@code set}.
   *
   * @param teacher g on its texts, N × K
   * @param table the teacher's embeddings, through which a student reads
   * @param manager owner of what is in flight
   * @param component the class on which the angles are taken, as on noise; empty for all
   */
  public TextTrace(
      TokenizedSet set,
      double[][] teacher,
      EmbeddingTable table,
      NDManager manager,
      OptionalInt component) {
    this.component = component;
    this.set = set;
    this.table = table;
    this.manager = manager;
    this.teacher = teacher;
  }

  @Override
  public void measure(Student student, TraceRow.Builder row) {
    SampledFunction g = SampledFunction.of(teacher);
    double[][] answers = answers(student);
    SampledFunction h = SampledFunction.of(answers);
    row.put(Measure.ALPHA_TEXT, Geometry.angle(g.restricted(component), h.restricted(component)))
        .put(Measure.ALPHA_TEXT_FLOOR, Geometry.floor(g.restricted(component)))
        .put(Measure.AGREEMENT_TEXT, Geometry.agreement(g, h))
        .put(Measure.AGREEMENT_TEXT_FLOOR, Geometry.agreementFloor(g))
        .put(Measure.ACCURACY_TEXT, accuracy(Predictions.likeliest(answers)));
  }

  /** h on the texts, N × K. */
  public double[][] answers(Student student) {
    return set.answers(student, table, manager);
  }

  /** g on the texts, N × K. */
  public double[][] teacherAnswers() {
    return teacher;
  }

  /** The texts. */
  public TokenizedSet set() {
    return set;
  }

  private double accuracy(int[] predicted) {
    int right = 0;
    for (int i = 0; i < predicted.length; i++) {
      right += predicted[i] == set.gold()[i] ? 1 : 0;
    }
    return right / (double) predicted.length;
  }
}
