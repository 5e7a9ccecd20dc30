package io.gnomon.evaluation;

/**
 * A figure with its 95% interval; a percentile interval need not lie evenly about the value.
 *
 * @param value the figure on the rows themselves
 * @param low lower end
 * @param high upper end, not below the lower
 */
public record Interval(double value, double low, double high) {
  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException when an entry is not finite or the ends are swapped
   */
  public Interval {
    if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException(
          "not an interval: value " + value + ", low " + low + ", high " + high);
    }
  }
}
