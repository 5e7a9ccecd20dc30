package io.gnomon.speed;

import io.gnomon.geometry.Spread;
import java.util.List;

/**
 * Durations of one task over all rounds.
 *
 * @param rounds seconds of each phase, a round each
 */
record Series(List<double[]> rounds) {
  /** Seconds of all phases together, by round. */
  double[] totals() {
    return rounds.stream().mapToDouble(Series::sum).toArray();
  }

  private static double sum(double[] phases) {
    double sum = 0;
    for (double phase : phases) {
      sum += phase;
    }
    return sum;
  }

  /** Seconds of all phases together. */
  Spread seconds() {
    return Spread.of(totals());
  }

  /** Seconds of phase {@code index}. */
  Spread phase(int index) {
    return Spread.of(rounds.stream().mapToDouble(phases -> phases[index]).toArray());
  }

  /** {@code work} over the seconds of each round. */
  Spread rate(double work) {
    return Spread.of(rounds.stream().mapToDouble(phases -> work / sum(phases)).toArray());
  }

  /**
   * How many times faster than {@code base}: the median over rounds of the ratio within a round, in
   * which both ran side by side.
   */
  double timesFasterThan(Series base) {
    double[] own = totals();
    double[] other = base.totals();
    double[] ratios = new double[own.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = other[i] / own[i];
    }
    return Spread.of(ratios).median();
  }
}
