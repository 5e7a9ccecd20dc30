package io.gnomon.cli;

import io.gnomon.config.DataConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.ClassScores;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.Interval;
import io.gnomon.evaluation.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's student beside its teacher, for a person to read. */
final class RunEvaluationText {
  private RunEvaluationText() {}

  static List<String> lines(TaskConfig task, Evaluation evaluation) {
    Scores student = evaluation.student();
    Scores teacher = evaluation.teacher();
    DataConfig data = task.data();
    String split = data == null ? "" : ", " + data.split().name().toLowerCase(Locale.ROOT);
    List<String> lines = new ArrayList<>();
    lines.add(task.name() + split + ": " + student.rows() + " texts");
    lines.add("");
    lines.add(String.format("%-22s %-24s %s", "", "student", "teacher"));
    lines.add(line("accuracy", student.accuracy(), teacher.accuracy()));
    lines.add(line("macro-F1", student.macroF1(), teacher.macroF1()));
    for (int k = 0; k < student.perClass().size(); k++) {
      ClassScores own = student.perClass().get(k);
      lines.add(line("F1 " + own.name(), own.f1(), teacher.perClass().get(k).f1()));
    }
    lines.add("");
    student.agreement().ifPresent(agreement -> lines.add(single("agreement", agreement)));
    lines.add(single("α on text", evaluation.alpha()));
    lines.add(String.format(Locale.ROOT, "%-22s %.4f", "α_0 on text", evaluation.alphaFloor()));
    return lines;
  }

  private static String line(String name, Interval student, Interval teacher) {
    return String.format(
        "%-22s %-24s %s", name, IntervalText.of(student), IntervalText.of(teacher));
  }

  private static String single(String name, Interval value) {
    return String.format("%-22s %s", name, IntervalText.of(value));
  }
}
