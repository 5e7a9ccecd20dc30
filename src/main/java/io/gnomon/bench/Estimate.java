package io.gnomon.bench;

import io.gnomon.evaluation.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a cell.
 *
 * @param value the figure
 * @param low lower end of its 95% bootstrap interval over texts; absent where there is none
 * @param high upper end
 */
public record Estimate(double value, @Nullable Double low, @Nullable Double high) {
  static Estimate of(double value) {
    return new Estimate(value, null, null);
  }

  static Estimate of(Interval interval) {
    return new Estimate(interval.value(), interval.low(), interval.high());
  }
}
