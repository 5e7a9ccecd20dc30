package io.gnomon.cli;

import io.gnomon.geometry.Spread;
import io.gnomon.latency.LatencyReport;
import io.gnomon.latency.LatencyReport.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that {@code gnomon latency} shows. */
final class LatencyText {
  private static final double MEGA = 1e6;
  private static final int WHOLE_FROM = 100;

  private LatencyText() {}

  static List<String> lines(LatencyReport report) {
    LatencyReport.Setting setting = report.setting();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %d texts one at a time, %d in bulk, %.0f characters each, %d thread%s, %d rounds",
            setting.task(),
            setting.single(),
            setting.bulk(),
            setting.characters(),
            setting.threads(),
            setting.threads() == 1 ? "" : "s",
            setting.rounds()));
    lines.add("");
    TextTable table = new TextTable(false, true, true, true, true, true, true, true, true);
    table.row(
        "", "MB", "accuracy", "ms a text", "[min, max]", "ratio", "texts/s", "[min, max]", "ratio");
    report.rows().forEach(row -> row(table, row));
    lines.addAll(table.lines(""));
    return lines;
  }

  private static void row(TextTable table, Row row) {
    table.row(
        row.name(),
        row.bytes() == 0 ? "" : String.format(Locale.ROOT, "%.1f", row.bytes() / MEGA),
        row.accuracy() == null ? "" : String.format(Locale.ROOT, "%.1f%%", 100 * row.accuracy()),
        number(row.milliseconds().median()),
        range(row.milliseconds()),
        number(row.singleRatio()),
        number(row.textsPerSecond().median()),
        range(row.textsPerSecond()),
        number(row.bulkRatio()));
  }

  private static String range(Spread spread) {
    return "[" + number(spread.min()) + ", " + number(spread.max()) + "]";
  }

  /** Three digits that count. */
  private static String number(double value) {
    int digits = value >= WHOLE_FROM ? 0 : (int) Math.max(0, 2 - Math.floor(Math.log10(value)));
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }
}
