package io.gnomon.report;

import io.gnomon.bench.Estimate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run's final numbers in words: shares in percent, angles in radians, with their intervals. */
final class FigureText {
  private static final Set<String> COUNTS = Set.of("steps", "samples");

  private FigureText() {}

  static String of(String key, @Nullable Estimate figure) {
    if (figure == null) {
      return TableNumbers.NOTHING;
    }
    String value = number(key, figure.value());
    return figure.low() == null || figure.high() == null
        ? value
        : value + " [" + number(key, figure.low()) + ", " + number(key, figure.high()) + "]";
  }

  private static String number(String key, double value) {
    if (isShare(key)) {
      return TableNumbers.percent(value);
    }
    if (COUNTS.contains(key)) {
      return TableNumbers.count(Math.round(value));
    }
    return String.format(Locale.ROOT, key.startsWith("alpha") ? "%.3f" : "%.4g", value);
  }

  /** Whether it is shown in percent. */
  static boolean isShare(String key) {
    return key.startsWith("agreement")
        || key.contains("accuracy")
        || key.contains("macro_f1")
        || key.contains("micro_f1");
  }
}
