package io.gnomon.sampler;

import java.util.SplittableRandom;

/**
 * Symmetric Dirichlet weights: gamma variates over their sum. The gamma variates follow G.
 * Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables" (2000), with their
 * boost for shapes below one, kept in logarithms: at a concentration of 0.001 most variates
 * underflow.
 *
 * @param concentration the shape of every gamma variate, positive
 */
record Dirichlet(double concentration) {
  /** Fills {@code weights} with non-negative numbers that sum to one. */
  void draw(SplittableRandom random, double[] weights) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = logGamma(random);
      largest = Math.max(largest, weights[i]);
    }
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(weights[i] - largest);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  /** Logarithm of one Gamma(concentration, 1) variate. */
  private double logGamma(SplittableRandom random) {
    if (concentration >= 1) {
      return logGammaFromOne(random, concentration);
    }
    // Gamma(a) = Gamma(a + 1) · U^(1/a); 1 − U keeps the logarithm finite.
    double boost = Math.log(1 - random.nextDouble()) / concentration;
    return logGammaFromOne(random, concentration + 1) + boost;
  }

  private static double logGammaFromOne(SplittableRandom random, double shape) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      double u = 1 - random.nextDouble();
      if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return Math.log(d * v);
      }
    }
  }
}
