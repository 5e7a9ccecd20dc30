package io.gnomon.evaluation;

import io.gnomon.geometry.Geometry;
import io.gnomon.geometry.SampledFunction;

/**
 * α on text with its bootstrap interval. The value is the float64 angle of {@link Geometry}; the
 * resamples need only sums of each row's three inner products.
 */
final class AngleInterval {
  private AngleInterval() {}

  static Interval of(double[][] g, double[][] h, Bootstrap bootstrap) {
    double[] gg = products(g, g);
    double[] gh = products(g, h);
    double[] hh = products(h, h);
    Interval resampled =
        bootstrap.interval(
            rows -> {
              double cosine = sum(gh, rows) / Math.sqrt(sum(gg, rows) * sum(hh, rows));
              return Math.acos(Math.min(1, cosine));
            });
    double value = Geometry.angle(SampledFunction.of(g), SampledFunction.of(h));
    return new Interval(value, Math.min(value, resampled.low()), Math.max(value, resampled.high()));
  }

  private static double[] products(double[][] u, double[][] v) {
    double[] products = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      for (int k = 0; k < u[i].length; k++) {
        products[i] += u[i][k] * v[i][k];
      }
    }
    return products;
  }

  private static double sum(double[] values, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += values[row];
    }
    return sum;
  }
}
