package io.gnomon.evaluation;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.stat.inference.AlternativeHypothesis;
import org.apache.commons.math3.stat.inference.BinomialTest;

/**
 * McNemar's test (Psychometrika 12, 1947) of two classifiers on the same rows: of the rows that one
 * of them alone has right, is either's share more than chance? Rows on which both are right, or
 * both wrong, say nothing.
 *
 * @param onlyFirst rows that the first alone has right
 * @param onlySecond rows that the second alone has right
 * @param exact whether p is the binomial's own; else of χ² with Edwards' continuity correction
 * @param p two-sided: how probable a division at least so uneven is, were neither the better
 */
public record McNemar(int onlyFirst, int onlySecond, boolean exact, double p) {
  /** Fewer discordant rows than this are tested exactly, as is customary for the χ² version. */
  static final int EXACT_BELOW = 25;

  /**
   * Tests two classifiers.
   *
   * @param first (N) whether the first has a row right
   * @param second (N) the same of the second
   * @throws IllegalArgumentException when the lengths differ
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "McNemar needs the same rows: %d against %d".formatted(first.length, second.length));
    }
    int b = 0;
    int c = 0;
    for (int i = 0; i < first.length; i++) {
      b += first[i] && !second[i] ? 1 : 0;
      c += second[i] && !first[i] ? 1 : 0;
    }
    return of(b, c);
  }

  /** Tests counts of discordant rows, neither negative. */
  public static McNemar of(int onlyFirst, int onlySecond) {
    int discordant = onlyFirst + onlySecond;
    if (discordant < EXACT_BELOW) {
      return new McNemar(onlyFirst, onlySecond, true, exact(onlyFirst, discordant));
    }
    double chi = (Math.abs(onlyFirst - onlySecond) - 1.0) / Math.sqrt(discordant);
    // The upper tail of χ² with one degree of freedom is that of |Z|. An even division gives −1.
    double p = chi <= 0 ? 1 : Erf.erfc(chi / Math.sqrt(2));
    return new McNemar(onlyFirst, onlySecond, false, p);
  }

  private static double exact(int successes, int trials) {
    if (trials == 0) {
      return 1;
    }
    double p =
        new BinomialTest().binomialTest(trials, successes, 0.5, AlternativeHypothesis.TWO_SIDED);
    return Math.min(1, p); // the library counts the middle of an even division twice
  }
}
