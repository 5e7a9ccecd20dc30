package io.gnomon.cli;

import io.gnomon.evaluation.ClassScores;
import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelScores;
import io.gnomon.evaluation.Scores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Figures of a student beside its teacher's, for a person to read: a line each. */
final class EvaluationText {
  private final List<String> lines = new ArrayList<>();

  private EvaluationText() {}

  /** The lines of texts that have one class each. */
  static List<String> of(Evaluation evaluation) {
    EvaluationText text = new EvaluationText();
    Scores student = evaluation.student();
    text.head();
    text.pair("accuracy", student.accuracy(), evaluation.teacher().accuracy());
    text.pair("macro-F1", student.macroF1(), evaluation.teacher().macroF1());
    text.classes(student.perClass(), evaluation.teacher().perClass());
    text.lines.add("");
    student.agreement().ifPresent(agreement -> text.single("agreement", agreement));
    text.angle(evaluation.alpha(), evaluation.alphaFloor());
    return text.lines;
  }

  /** The lines of texts that may have several labels, a block a rule of decision. */
  static List<String> of(LabelEvaluation evaluation) {
    EvaluationText text = new EvaluationText();
    for (int i = 0; i < evaluation.student().size(); i++) {
      text.decision(evaluation.student().get(i), evaluation.teacher().get(i));
      text.lines.add("");
    }
    text.single("agreement", evaluation.agreement());
    text.angle(evaluation.alpha(), evaluation.alphaFloor());
    return text.lines;
  }

  private void decision(Decision student, Decision teacher) {
    LabelScores own = student.scores();
    lines.add(rule(student));
    head();
    pair("micro-F1", own.microF1(), teacher.scores().microF1());
    pair("macro-F1", own.macroF1(), teacher.scores().macroF1());
    pair("exact match", own.exactMatch(), teacher.scores().exactMatch());
    classes(own.perLabel(), teacher.scores().perLabel());
  }

  /** With its number, where it has one alone; thresholds of 28 labels are in the file. */
  private static String rule(Decision decision) {
    Collection<Double> numbers = decision.parameters().values();
    return "rule " + decision.rule() + (numbers.size() == 1 ? " " + numbers.iterator().next() : "");
  }

  private void head() {
    lines.add(String.format("%-22s %-24s %s", "", "student", "teacher"));
  }

  private void classes(List<ClassScores> student, List<ClassScores> teacher) {
    for (int k = 0; k < student.size(); k++) {
      pair("F1 " + student.get(k).name(), student.get(k).f1(), teacher.get(k).f1());
    }
  }

  private void pair(String name, Interval student, Interval teacher) {
    lines.add(String.format("%-22s %-24s %s", name, text(student), text(teacher)));
  }

  private void angle(Interval alpha, double floor) {
    single("α on text", alpha);
    lines.add(String.format(Locale.ROOT, "%-22s %.4f", "α_0 on text", floor));
  }

  private void single(String name, Interval value) {
    lines.add(String.format("%-22s %s", name, text(value)));
  }

  private static String text(Interval interval) {
    return String.format(
        Locale.ROOT, "%.4f [%.4f, %.4f]", interval.value(), interval.low(), interval.high());
  }
}
