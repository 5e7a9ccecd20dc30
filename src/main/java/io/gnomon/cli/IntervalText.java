package io.gnomon.cli;

import io.gnomon.evaluation.Interval;
import java.util.Locale;

/** A figure with its interval for a person to read. */
final class IntervalText {
  private IntervalText() {}

  static String of(Interval interval) {
    return String.format(
        Locale.ROOT, "%.4f [%.4f, %.4f]", interval.value(), interval.low(), interval.high());
  }
}
