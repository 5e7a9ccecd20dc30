package io.gnomon.reproduce;

import org.jspecify.annotations.Nullable;

/**
 * One figure of one cell.
 *
 * @param actual what the rerun gave; null where the cell failed, was stopped, or is no rerun
 * @param cause why there is none; null where there is one
 */
public record Comparison(
    String cell,
    String figure,
    double expected,
    double tolerance,
    @Nullable Double actual,
    @Nullable String cause) {
  /** Whether the rerun lies within the tolerance, to either side. */
  public boolean ok() {
    // The tolerance is meant in decimals: 0.862 against 0.86 ± 0.002 must not fail by a last bit.
    return actual != null && Math.abs(actual - expected) <= tolerance + 1e-12;
  }
}
