package io.gnomon.geometry;

import java.util.Arrays;

/**
 * A quantity over several rounds.
 *
 * @param median middle value, the mean of the two middle ones where their number is even
 * @param min smallest
 * @param max largest
 */
public record Spread(double median, double min, double max) {
  /**
   * The spread of {@code values}.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("spread: expected at least one value, found none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
