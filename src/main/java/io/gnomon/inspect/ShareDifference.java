package io.gnomon.inspect;

import io.gnomon.evaluation.Interval;
import org.apache.commons.math3.distribution.HypergeometricDistribution;
import org.apache.commons.math3.special.Gamma;

/**
 * Two independent shares, x of m and y of n: how far they are apart, and whether by more than
 * chance.
 */
final class ShareDifference {
  /** 97.5% quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /** Where a count that is expected is lower, χ² is a poor approximation (Cochran 1954). */
  private static final double LEAST_EXPECTED = 5;

  /** Tables as probable as the observed one but for rounding count as at least as extreme. */
  private static final double SLACK = 1 + 1e-7;

  private ShareDifference() {}

  /** Which test gave a p-value. */
  enum Method {
    /** Pearson's χ² with one degree of freedom, without correction. */
    CHI_SQUARE,
    /** Fisher's exact test, two-sided. */
    FISHER
  }

  /**
   * The second share less the first, with its 95% interval by Newcombe's hybrid of Wilson scores
   * (Statistics in Medicine 17, 1998, method 10): it stays within −1 and 1, and holds at 0 and 1.
   */
  static Interval interval(int x, int m, int y, int n) {
    double first = (double) x / m;
    double second = (double) y / n;
    double[] one = wilson(x, m);
    double[] two = wilson(y, n);
    double value = second - first;
    return new Interval(
        value,
        value - Math.hypot(second - two[0], one[1] - first),
        value + Math.hypot(two[1] - second, first - one[0]));
  }

  private static double[] wilson(int x, int n) {
    double p = (double) x / n;
    double middle = 2 * n * p + Z * Z;
    double half = Z * Math.sqrt(Z * Z + 4 * n * p * (1 - p));
    double scale = 2 * (n + Z * Z);
    return new double[] {(middle - half) / scale, (middle + half) / scale};
  }

  /** Which test the counts allow. */
  static Method test(int x, int m, int y, int n) {
    double all = (double) m + n;
    double rarer = Math.min(x + y, all - x - y);
    return rarer * Math.min(m, n) / all < LEAST_EXPECTED ? Method.FISHER : Method.CHI_SQUARE;
  }

  /** How probable shares at least so far apart are, were there but one share. */
  static double p(int x, int m, int y, int n) {
    if (x + y == 0 || x + y == m + n) {
      return 1;
    }
    return test(x, m, y, n) == Method.FISHER
        ? fisher(x, m, y, n)
        : upperTail(statistic(new int[] {x, m - x}, new int[] {y, n - y}), 1);
  }

  private static double fisher(int x, int m, int y, int n) {
    HypergeometricDistribution tables = new HypergeometricDistribution(null, m + n, m, x + y);
    double observed = tables.probability(x);
    double sum = 0;
    for (int i = tables.getSupportLowerBound(); i <= tables.getSupportUpperBound(); i++) {
      double probability = tables.probability(i);
      sum += probability <= observed * SLACK ? probability : 0;
    }
    return Math.min(1, sum);
  }

  /** Pearson's χ² of a table of two rows; columns without a count are left out. */
  static double statistic(int[] first, int[] second) {
    double m = 0;
    double n = 0;
    for (int k = 0; k < first.length; k++) {
      m += first[k];
      n += second[k];
    }
    double sum = 0;
    for (int k = 0; k < first.length; k++) {
      double column = (double) first[k] + second[k];
      if (column > 0) {
        double one = column * m / (m + n);
        double two = column * n / (m + n);
        sum += (first[k] - one) * (first[k] - one) / one;
        sum += (second[k] - two) * (second[k] - two) / two;
      }
    }
    return sum;
  }

  /** The share of χ² with so many degrees of freedom that lies above. */
  static double upperTail(double statistic, int degrees) {
    return statistic <= 0 ? 1 : Gamma.regularizedGammaQ(degrees / 2.0, statistic / 2);
  }
}
