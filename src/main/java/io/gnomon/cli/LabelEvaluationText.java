package io.gnomon.cli;

import io.gnomon.config.DataConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.ClassScores;
import io.gnomon.evaluation.Decision;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelScores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A run's student beside its teacher on texts of several labels, for a person to read: a block a
 * rule of decision.
 */
final class LabelEvaluationText {
  private LabelEvaluationText() {}

  static List<String> lines(TaskConfig task, LabelEvaluation evaluation) {
    DataConfig data = task.data();
    String split = data == null ? "" : ", " + data.split().name().toLowerCase(Locale.ROOT);
    int texts = evaluation.student().get(0).scores().rows();
    List<String> lines =
        new ArrayList<>(List.of(task.name() + split + ": " + texts + " texts", ""));
    for (int i = 0; i < evaluation.student().size(); i++) {
      lines.addAll(decision(evaluation.student().get(i), evaluation.teacher().get(i)));
      lines.add("");
    }
    lines.add(single("agreement", evaluation.agreement()));
    lines.add(single("α on text", evaluation.alpha()));
    lines.add(String.format(Locale.ROOT, "%-22s %.4f", "α_0 on text", evaluation.alphaFloor()));
    return lines;
  }

  private static List<String> decision(Decision student, Decision teacher) {
    LabelScores own = student.scores();
    LabelScores other = teacher.scores();
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-22s %-24s %s", rule(student), "student", "teacher"));
    lines.add(line("micro-F1", own.microF1(), other.microF1()));
    lines.add(line("macro-F1", own.macroF1(), other.macroF1()));
    lines.add(line("exact match", own.exactMatch(), other.exactMatch()));
    for (int k = 0; k < own.perLabel().size(); k++) {
      ClassScores label = own.perLabel().get(k);
      lines.add(line("F1 " + label.name(), label.f1(), other.perLabel().get(k).f1()));
    }
    return lines;
  }

  /** With its number, where it has one alone; each label's threshold is in the file. */
  private static String rule(Decision decision) {
    Collection<Double> numbers = decision.parameters().values();
    return decision.rule() + (numbers.size() == 1 ? " " + numbers.iterator().next() : "");
  }

  private static String line(String name, Interval student, Interval teacher) {
    return String.format(
        "%-22s %-24s %s", name, IntervalText.of(student), IntervalText.of(teacher));
  }

  private static String single(String name, Interval value) {
    return String.format("%-22s %s", name, IntervalText.of(value));
  }
}
