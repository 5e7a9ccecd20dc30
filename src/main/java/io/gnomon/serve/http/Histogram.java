package io.gnomon.serve.http;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts of values by upper bound, as Prometheus has them. Safe for several threads. */
final class Histogram {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * @param bounds upper bounds, rising; what is above the last is counted too
   */
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    this.counts =
        Stream.generate(LongAdder::new).limit(bounds.length + 1).toArray(LongAdder[]::new);
  }

  /** Counts one value. */
  void record(double value) {
    int at = Arrays.binarySearch(bounds, value);
    counts[at >= 0 ? at : -at - 1].increment();
    sum.add(value);
  }

  /** Appends the lines of buckets, sum and count. */
  void write(StringBuilder out, String name) {
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i].sum();
      String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
      out.append(name).append("_bucket{le=\"").append(bound).append("\"} ").append(total);
      out.append('\n');
    }
    out.append(name).append("_sum ").append(sum.sum()).append('\n');
    out.append(name).append("_count ").append(total).append('\n');
  }
}
