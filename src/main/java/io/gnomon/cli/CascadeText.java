package io.gnomon.cli;

import io.gnomon.evaluation.Cascade;
import io.gnomon.experiment.CascadeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code gnomon cascade} prints. */
final class CascadeText {
  private CascadeText() {}

  static List<String> lines(CascadeReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "%s: %d texts; temperature %.3f, fit on %d texts (%s), loss %.4f → %.4f",
            report.task(),
            report.texts(),
            report.temperature(),
            report.calibrationTexts(),
            report.calibration(),
            report.lossBefore(),
            report.loss()));
    lines.add(
        line(
            "student by itself %.2f%% at %.3f ms a text, teacher by itself %.2f%% at %.3f ms",
            100 * report.studentAccuracy(),
            report.studentMilliseconds(),
            100 * report.teacherAccuracy(),
            report.teacherMilliseconds()));
    lines.add("");
    lines.add("  below  coverage  accuracy  of the covered  ms a text");
    report.points().forEach(point -> lines.add(row(report, point)));
    lines.add("");
    lines.add(chosen(report));
    return lines;
  }

  private static String row(CascadeReport report, Cascade.Point point) {
    Double covered = point.accuracyCovered();
    return line(
        "%7.4f  %7.2f%%  %7.2f%%  %14s  %9.3f",
        point.threshold(),
        100 * point.coverage(),
        100 * point.accuracy(),
        covered == null ? "–" : line("%.2f%%", 100 * covered),
        report.milliseconds(point));
  }

  private static String chosen(CascadeReport report) {
    Cascade.Point chosen = report.chosen();
    if (chosen == null) {
      return line(
          "for %.2f%%: no threshold reaches it on the texts of the fit", 100 * report.wanted());
    }
    return line(
        "for %.2f%%: --below %.6f --temperature %.6f; here that is %.2f%%, the teacher asked for"
            + " %.2f%% of the texts",
        100 * report.wanted(),
        chosen.threshold(),
        report.temperature(),
        100 * chosen.accuracy(),
        100 * (1 - chosen.coverage()));
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
