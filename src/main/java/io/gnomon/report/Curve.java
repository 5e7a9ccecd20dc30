package io.gnomon.report;

import io.gnomon.trace.Measure;
import io.gnomon.trace.TraceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One measure of one group against steps.
 *
 * @param points by rising step; empty where the measure was not taken
 */
record Curve(List<Point> points) {
  /**
   * @param mean the value, or its mean over seeds
   * @param half half the width of the 95% confidence interval of that mean; 0 for one seed
   */
  record Point(long step, double mean, double half) {
    double low() {
      return mean - half;
    }

    double high() {
      return mean + half;
    }
  }

  /**
   * The curve of {@code measure}: of several seeds the mean, with Student's t interval, at the
   * steps that all of them measured.
   */
  static Curve of(RunGroup group, Measure measure) {
    Map<Long, List<Double>> byStep = new TreeMap<>();
    for (Run run : group.runs()) {
      for (TraceRow row : run.rows()) {
        row.get(measure)
            .ifPresent(
                value -> byStep.computeIfAbsent(row.step(), s -> new ArrayList<>()).add(value));
      }
    }
    List<Point> points = new ArrayList<>();
    byStep.forEach(
        (step, values) -> {
          if (values.size() == group.runs().size()) {
            points.add(point(step, values));
          }
        });
    return new Curve(points);
  }

  private static Point point(long step, List<Double> values) {
    SeedMean mean = SeedMean.of(values);
    return new Point(step, mean.mean(), mean.half());
  }

  boolean isEmpty() {
    return points.isEmpty();
  }
}
