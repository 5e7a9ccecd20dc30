package io.gnomon.evaluation;

import ai.djl.ndarray.NDManager;
import io.gnomon.evaluation.DecisionRule.TopK;
import io.gnomon.geometry.AnswerSpace;
import io.gnomon.geometry.AnswerSpace.EachLabel;
import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;
import io.gnomon.projection.TextProbe;
import io.gnomon.student.Student;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.Arrays;
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
  private final AnswerSpace space;
  private final DecisionRule rule;

  /**
   * The trace of a set whose texts have one class each.
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
    this(set, teacher, table, manager, AnswerSpace.classes(component));
  }

  /**
   * The trace of {@code set}; see the other constructor.
   *
   * @param space in which answers are compared, as on noise
   */
  public TextTrace(
      TokenizedSet set,
      double[][] teacher,
      EmbeddingTable table,
      NDManager manager,
      AnswerSpace space) {
    this.space = space;
    this.rule = space instanceof EachLabel ? LabelEvaluation.HALF : new TopK(1);
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
    row.put(Measure.ALPHA_TEXT, Geometry.angle(space.vector(g), space.vector(h)))
        .put(Measure.ALPHA_TEXT_FLOOR, Geometry.floor(space.vector(g)))
        .put(Measure.AGREEMENT_TEXT, space.agreement(g, h))
        .put(Measure.AGREEMENT_TEXT_FLOOR, space.agreementFloor(g))
        .put(Measure.ACCURACY_TEXT, accuracy(answers));
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

  /** Share of texts given the labels that they have and no other. */
  private double accuracy(double[][] answers) {
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      right += Arrays.equals(rule.decide(answers[i]), set.labels()[i]) ? 1 : 0;
    }
    return right / (double) answers.length;
  }
}
