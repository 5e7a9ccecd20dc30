package io.gnomon.cli;

import io.gnomon.evaluation.AnswerScores;
import io.gnomon.experiment.TeacherReport;
import io.gnomon.experiment.TeacherReport.Calibrated;
import io.gnomon.experiment.TeacherReport.OfTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a teacher by itself is worth, for a person to read. */
final class TeacherReportText {
  private static final String INDENT = "  ";

  private TeacherReportText() {}

  static List<String> lines(TeacherReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "teacher %s (%s, %s on %s)",
            report.teacher(), report.modelType(), report.precision(), report.device()));
    for (OfTask task : report.tasks()) {
      lines.add("");
      lines.add(
          String.format(
              "%s, %s: %d texts of at most %d tokens",
              task.task(), task.split(), task.rows(), task.maxLength()));
      lines.addAll(overall(task));
      lines.addAll(byClass(task));
    }
    return lines;
  }

  private static List<String> overall(OfTask task) {
    TextTable table = new TextTable(false, false, false, true, true);
    table.row("calibration", "accuracy", "macro-F1", "mean largest p", "α_0");
    for (Calibrated one : task.calibrations()) {
      AnswerScores scores = one.scores();
      table.row(
          one.calibration(),
          IntervalText.of(scores.accuracy()),
          IntervalText.of(scores.macroF1()),
          decimals(scores.meanLargest()),
          decimals(scores.alphaFloor()));
    }
    return table.lines(INDENT);
  }

  private static List<String> byClass(OfTask task) {
    TextTable table = new TextTable(false, false, true, true, false);
    table.row("calibration", "class", "labelled", "answered", "F1");
    for (Calibrated one : task.calibrations()) {
      for (AnswerScores.OfClass figures : one.scores().perClass()) {
        table.row(
            one.calibration(),
            figures.name(),
            percent(figures.goldShare()),
            percent(figures.answeredShare()),
            IntervalText.of(figures.f1()));
      }
    }
    return table.lines(INDENT);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
