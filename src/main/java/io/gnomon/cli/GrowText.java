package io.gnomon.cli;

import io.gnomon.grow.GrowCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code gnomon grow} prints. */
final class GrowText {
  private GrowText() {}

  static List<String> lines(GrowCurve curve) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %s on %,d texts, labels by %s, chosen of %,d posts",
            curve.task(),
            curve.measure(),
            curve.texts(),
            curve.by(),
            curve.pool()));
    lines.add("");
    TextTable table = new TextTable(false, true, true, false);
    table.row("pick", "labels", curve.measure(), "95% interval");
    for (GrowCurve.Line line : curve.lines()) {
      for (GrowCurve.Point point : line.points()) {
        table.row(
            line.pick(),
            String.format(Locale.ROOT, "%,d", point.labels()),
            percent(point.score().value()),
            percent(point.score().low()) + " to " + percent(point.score().high()));
      }
    }
    lines.addAll(table.lines(""));
    return lines;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * value);
  }
}
