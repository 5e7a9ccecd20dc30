package io.gnomon.report;

import io.gnomon.bench.Figure;
import io.gnomon.evaluation.Interval;
import io.gnomon.geometry.Spread;
import io.gnomon.report.ApproachRow.Summary;
import java.util.Locale;

/** Numbers as tables show them. */
final class TableNumbers {
  /** What was not measured. */
  static final String NOTHING = "–";

  private TableNumbers() {}

  /**
   * A figure with its intervals: {@code 86.2 ± 0.4} over seeds, {@code [83.5, 88.8]} behind it over
   * texts; shares in percent, angles in radians.
   */
  static String figure(Figure figure, Summary summary) {
    String value = number(figure, summary.value());
    Double half = summary.half();
    String seeds = half == null ? "" : " ± " + number(figure, half);
    Interval over = summary.texts();
    String texts =
        over == null
            ? ""
            : " [" + number(figure, over.low()) + ", " + number(figure, over.high()) + "]";
    return value + seeds + texts;
  }

  static String number(Figure figure, double value) {
    return figure.isAngle() ? format("%.3f", value) : percent(value);
  }

  static String percent(double share) {
    return format("%.1f", 100 * share);
  }

  /** A probability under the null hypothesis. */
  static String p(double p) {
    return p < 0.0001 ? "< 0.0001" : format("%.4f", p);
  }

  static String seconds(double seconds) {
    return format(seconds < 10 ? "%.2f" : "%.0f", seconds);
  }

  /** A whole number with its thousands apart. */
  static String count(long count) {
    return format("%,d", count);
  }

  /** The middle of several rounds, with the least and the most. */
  static String spread(Spread spread) {
    return significant(spread.median())
        + " ["
        + significant(spread.min())
        + ", "
        + significant(spread.max())
        + "]";
  }

  /** Three digits, or all before the point. */
  static String significant(double value) {
    if (value >= 100) {
      return format("%,.0f", value);
    }
    if (value < 0.0005) {
      return "< 0.001";
    }
    return format(value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f", value);
  }

  static String mebibytes(long bytes) {
    return count(Math.round(bytes / 1048576.0));
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
