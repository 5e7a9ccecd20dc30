package io.gnomon.evaluation;

import java.util.Arrays;

/**
 * Calibration by one number: logits are divided by T, which moves no decision between classes and
 * makes a probability mean what it says (Guo et al., 2017, "On Calibration of Modern Neural
 * Networks").
 */
public final class Temperature {
  /** Beyond these a fit is one of too few texts, or of texts without a mistake. */
  private static final double LEAST = 0.05;

  private static final double MOST = 20;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int HALVINGS = 60;

  private Temperature() {}

  /**
   * The T of least mean negative log-likelihood, from 0.05 to 20. In 1/T that is convex, so one
   * minimum is all there is.
   *
   * @param gold (N) classes
   * @param h (N, K) probabilities
   */
  public static double fit(int[] gold, double[][] h) {
    double low = Math.log(LEAST);
    double high = Math.log(MOST);
    for (int i = 0; i < HALVINGS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(gold, h, Math.exp(left)) <= loss(gold, h, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** Mean of −log p(gold) under {@code temperature}. */
  public static double loss(int[] gold, double[][] h, double temperature) {
    double sum = 0;
    for (int i = 0; i < gold.length; i++) {
      sum -= Math.log(Math.max(tempered(h[i], temperature)[gold[i]], Double.MIN_NORMAL));
    }
    return sum / gold.length;
  }

  /** A row of probabilities whose logits were divided by {@code temperature}. */
  public static double[] tempered(double[] p, double temperature) {
    double most = Arrays.stream(p).max().orElse(1);
    double[] parts = Arrays.stream(p).map(x -> Math.pow(x / most, 1 / temperature)).toArray();
    double sum = Arrays.stream(parts).sum();
    return Arrays.stream(parts).map(x -> x / sum).toArray();
  }
}
