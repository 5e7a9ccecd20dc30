package io.gnomon.report;

import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to, as plain text: a line per quantity, shown at the end of {@code gnomon run}.
 * Quantities that were not measured are left out.
 */
public final class RunTable {
  private static final int NAME_WIDTH = 26;

  private final StringBuilder text = new StringBuilder();
  private final TraceRow first;
  private final TraceRow last;

  private RunTable(TraceRow first, TraceRow last) {
    this.first = first;
    this.last = last;
  }

  /**
   * The table of a run.
   *
   * @param rows its trace, at least one row
   * @param metrics what {@code metrics.json} holds: keys to numbers, or to maps with {@code value,
   *     low, high}; {@code teacher_accuracy} and {@code student_accuracy} are read, and of a
   *     multi-label task {@code teacher_micro_f1} and {@code micro_f1}
   * @return lines that end in a newline each
   * @throws IllegalArgumentException when there is no row
   */
  public static String of(List<TraceRow> rows, Map<String, ?> metrics) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one row");
    }
    RunTable table = new RunTable(rows.get(0), rows.get(rows.size() - 1));
    table.measures();
    table.accuracy("teacher accuracy", metrics.get("teacher_accuracy"));
    table.accuracy("student accuracy", metrics.get("student_accuracy"));
    table.accuracy("teacher micro-F1", metrics.get("teacher_micro_f1"));
    table.accuracy("student micro-F1", metrics.get("micro_f1"));
    return table.text.toString();
  }

  private void measures() {
    line("steps", String.valueOf(last.step()));
    angle("α on noise", Measure.ALPHA, Measure.ALPHA_FLOOR);
    angle("α on text", Measure.ALPHA_TEXT, Measure.ALPHA_TEXT_FLOOR);
    change("c", Measure.C, RunTable::plain);
    change("c*", Measure.C_STAR, RunTable::plain);
    change("‖g‖", Measure.NORM_G, RunTable::plain);
    change("‖h‖", Measure.NORM_H, RunTable::plain);
    change("spread of g on noise", Measure.G_SPREAD, RunTable::plain);
    agreement("agreement on noise", Measure.AGREEMENT_NOISE, Measure.AGREEMENT_NOISE_FLOOR);
    agreement("agreement on text", Measure.AGREEMENT_TEXT, Measure.AGREEMENT_TEXT_FLOOR);
  }

  /** An angle with its floor; without the floor an angle says little. */
  private void angle(String name, Measure measure, Measure floor) {
    change(name, measure, RunTable::radians);
    last.get(floor).ifPresent(value -> line("  floor α₀ (a constant)", radians(value)));
  }

  private void agreement(String name, Measure measure, Measure floor) {
    change(name, measure, RunTable::percent);
    last.get(floor).ifPresent(value -> line("  floor (a constant)", percent(value)));
  }

  private void change(String name, Measure measure, DoubleFunction<String> format) {
    OptionalDouble start = first.get(measure);
    OptionalDouble end = last.get(measure);
    if (end.isEmpty()) {
      return;
    }
    String value = format.apply(end.getAsDouble());
    boolean moved = start.isPresent() && !format.apply(start.getAsDouble()).equals(value);
    line(name, moved ? format.apply(start.getAsDouble()) + " → " + value : value);
  }

  private void accuracy(String name, @Nullable Object metric) {
    if (metric instanceof Map<?, ?> interval && interval.get("value") instanceof Number value) {
      line(name, percent(value.doubleValue()) + bounds(interval));
    } else if (metric instanceof Number value) {
      line(name, percent(value.doubleValue()));
    }
  }

  private static String bounds(Map<?, ?> interval) {
    return interval.get("low") instanceof Number low && interval.get("high") instanceof Number high
        ? " (95%% interval %s to %s)"
            .formatted(percent(low.doubleValue()), percent(high.doubleValue()))
        : "";
  }

  private void line(String name, String value) {
    text.append(name).append(" ".repeat(NAME_WIDTH - name.length())).append(value).append('\n');
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String radians(double value) {
    return String.format(Locale.ROOT, "%.4f rad (%.1f°)", value, Math.toDegrees(value));
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * value);
  }
}
