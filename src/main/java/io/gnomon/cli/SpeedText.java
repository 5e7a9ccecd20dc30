package io.gnomon.cli;

import io.gnomon.geometry.Spread;
import io.gnomon.provenance.Platform;
import io.gnomon.speed.SpeedReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of {@code gnomon speed} for a person to read. */
final class SpeedText {
  private static final String INDENT = "  ";
  private static final double MILLI = 1e3;

  private SpeedText() {}

  static List<String> lines(SpeedReport report) {
    List<String> lines = new ArrayList<>(heading(report));
    section(lines, "matrix products, GFLOP/s", ceiling(report));
    section(lines, "teacher", teacher(report));
    section(lines, "student's step, milliseconds", student(report));
    section(lines, "sampler", sampler(report));
    if (!report.growth().isEmpty()) {
      section(lines, "growth, samples/s", growth(report));
    }
    return lines;
  }

  private static void section(List<String> lines, String title, TextTable table) {
    lines.add("");
    lines.add(title);
    lines.addAll(table.lines(INDENT));
  }

  private static List<String> heading(SpeedReport report) {
    SpeedReport.Setting s = report.setting();
    Platform m = report.provenance().platform();
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %.1f million weights, width %d, %d layers",
            s.teacher(),
            s.parameters() / 1e6,
            s.hidden(),
            s.layers()),
        String.format(
            "prefix %d, length %d, batch %d; medians [smallest, largest] of %d interleaved rounds",
            s.prefix(), s.length(), s.batch(), s.rounds()),
        String.format(
            "%s, %d processors, %d threads, libtorch %s, Java %s",
            m.device(), m.cores(), m.threads(), m.libtorch(), m.jdk()));
  }

  private static TextTable ceiling(SpeedReport report) {
    TextTable table = new TextTable(false, false, true, true);
    table.row("", "", "GFLOP/s", "[min, max]");
    for (SpeedReport.Ceiling ceiling : report.ceiling()) {
      for (SpeedReport.Product product : ceiling.products()) {
        String size = product.rows() + "×" + product.inner() + "×" + product.outer();
        row(table, ceiling.precision(), product.name() + " " + size, product.gigaflops());
      }
      row(table, ceiling.precision(), "the layer: the ceiling", ceiling.gigaflops());
    }
    return table;
  }

  private static void row(TextTable table, String one, String two, Spread spread) {
    table.row(one, two, whole(spread.median()), range(spread));
  }

  private static TextTable teacher(SpeedReport report) {
    TextTable table = new TextTable(false, true, true, true, true, true, true);
    table.row("", "samples/s", "[min, max]", "GFLOP/s", "ratio", "of ceiling", "difference");
    for (SpeedReport.Rung rung : report.teacher()) {
      table.row(
          rung.name(),
          number(rung.samplesPerSecond().median()),
          range(rung.samplesPerSecond()),
          whole(rung.gigaflops().median()),
          times(rung.ratio()),
          String.format(Locale.ROOT, "%.0f%%", 100 * rung.ceilingShare()),
          String.format(Locale.ROOT, "%.1e", rung.largestDifference()));
    }
    return table;
  }

  private static TextTable student(SpeedReport report) {
    TextTable table = new TextTable(false, true, true, true, true, true, true, true);
    table.row("", "forward", "backward", "optimizer", "step", "[min, max]", "samples/s", "ratio");
    for (SpeedReport.Step step : report.student()) {
      Spread milliseconds = scaled(step.seconds());
      table.row(
          step.precision() + ", " + step.layers() + " layers of " + step.hidden(),
          number(MILLI * step.forward().median()),
          number(MILLI * step.backward().median()),
          number(MILLI * step.optimizer().median()),
          number(milliseconds.median()),
          range(milliseconds),
          number(step.samplesPerSecond().median()),
          times(step.ratio()));
    }
    return table;
  }

  private static Spread scaled(Spread seconds) {
    return new Spread(MILLI * seconds.median(), MILLI * seconds.min(), MILLI * seconds.max());
  }

  private static TextTable sampler(SpeedReport report) {
    TextTable table = new TextTable(false, true, true);
    table.row("", "samples/s", "[min, max]");
    Spread rate = report.sampler().samplesPerSecond();
    table.row(report.sampler().kind(), number(rate.median()), range(rate));
    return table;
  }

  private static TextTable growth(SpeedReport report) {
    TextTable table = new TextTable(false, false, true, true, true);
    table.row("", "", "", "samples/s", "[min, max]");
    for (SpeedReport.Growth growth : report.growth()) {
      Spread rate = growth.samplesPerSecond();
      table.row(
          growth.part(),
          growth.size(),
          Integer.toString(growth.value()),
          number(rate.median()),
          range(rate));
    }
    return table;
  }

  private static String range(Spread spread) {
    return "[" + number(spread.min()) + ", " + number(spread.max()) + "]";
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f×", ratio);
  }

  private static String whole(double value) {
    return value < 10 ? number(value) : String.format(Locale.ROOT, "%.0f", value);
  }

  /** Three digits, or all before the point. */
  private static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
