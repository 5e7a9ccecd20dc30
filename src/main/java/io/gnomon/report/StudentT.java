package io.gnomon.report;

/** Student's t distribution, as far as a 95% interval needs it. */
final class StudentT {
  /** 0.975 quantiles for 1 … 10 degrees of freedom (Abramowitz and Stegun, table 26.10). */
  private static final double[] TABLE = {
    12.7062047,
    4.3026527,
    3.1824463,
    2.7764451,
    2.5705818,
    2.4469119,
    2.3646243,
    2.3060041,
    2.2621572,
    2.2281389
  };

  /** 0.975 quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  private StudentT() {}

  /**
   * The 0.975 quantile: tabulated up to ten degrees of freedom, beyond by the Cornish–Fisher
   * expansion (Abramowitz and Stegun 26.7.5), right to 2e-5 there.
   *
   * @throws IllegalArgumentException when {@code degrees} is below one
   */
  static double quantile975(int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException("degrees of freedom: expected 1 or more, got " + degrees);
    }
    if (degrees <= TABLE.length) {
      return TABLE[degrees - 1];
    }
    double z2 = Z * Z;
    double first = (z2 + 1) * Z / 4;
    double second = ((5 * z2 + 16) * z2 + 3) * Z / 96;
    double third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * Z / 384;
    double fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * Z / 92160;
    double n = degrees;
    return Z + (first + (second + (third + fourth / n) / n) / n) / n;
  }
}
