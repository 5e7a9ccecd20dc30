package io.gnomon.report;

import java.util.List;

/**
 * A figure over seeds.
 *
 * @param mean its mean
 * @param half half the width of the 95% interval of that mean (Student's t); 0 for one seed
 * @param count seeds
 */
record SeedMean(double mean, double half, int count) {
  /**
   * The mean of {@code values}.
   *
   * @throws IllegalArgumentException when there are none
   */
  static SeedMean of(List<Double> values) {
    int count = values.size();
    if (count == 0) {
      throw new IllegalArgumentException("a mean needs a value");
    }
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / count;
    if (count == 1) {
      return new SeedMean(mean, 0, 1);
    }
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (count - 1) / count);
    return new SeedMean(mean, StudentT.quantile975(count - 1) * error, count);
  }

  double low() {
    return mean - half;
  }

  double high() {
    return mean + half;
  }
}
