package io.gnomon.report;

import java.util.List;

/**
 * Where an axis of shares starts. A few rows far below the rest, most often the floor, would press
 * all others together at the end: the axis then starts at the least of the others, and those below
 * are told by their value at its edge.
 */
final class AxisStart {
  /** Points below the middle row that are shown, however close together the better half is. */
  private static final double SHOWN = 10;

  /** What is shown below the middle row, in distances from there to the best. */
  private static final double REACH = 3;

  /** A cut has to save this share of the axis. */
  private static final double WORTH = 0.35;

  /**
   * A row's value with its interval, percent.
   *
   * @param low ends of the interval; the value itself where there is none
   */
  record Bar(double value, double low, double high) {}

  private AxisStart() {}

  /** The value at which the axis of {@code rows} starts; 0 without rows. */
  static double of(List<Bar> rows) {
    double[] values = rows.stream().mapToDouble(Bar::value).sorted().toArray();
    double least = rows.stream().mapToDouble(Bar::low).min().orElse(0);
    if (values.length < 3) {
      return least;
    }
    double best = values[values.length - 1];
    double middle = values[values.length / 2];
    double shown = middle - Math.max(SHOWN, REACH * (best - middle));
    double start =
        rows.stream()
            .filter(it -> it.value() >= shown)
            .mapToDouble(it -> Math.max(it.low(), shown))
            .min()
            .orElse(least);
    double most = rows.stream().mapToDouble(Bar::high).max().orElse(best);
    return start - least < WORTH * (most - least) ? least : start;
  }
}
