package io.gnomon.latency;

import io.gnomon.geometry.Spread;
import io.gnomon.provenance.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gnomon latency} found.
 *
 * @param provenance with which program, and where
 * @param setting what was asked for
 * @param rows a classifier each, in the order given
 */
public record LatencyReport(Provenance provenance, Setting setting, List<Row> rows) {
  /**
   * What was asked for.
   *
   * @param task its name
   * @param single texts answered one at a time in a round
   * @param bulk texts answered together in a round
   * @param characters of a text, mean
   * @param threads of each classifier
   * @param rounds counted, in each of which every classifier has its turn
   */
  public record Setting(
      String task, int single, int bulk, double characters, int threads, int rounds) {}

  /**
   * A classifier.
   *
   * @param name as in the table
   * @param bytes of its model on disk; 0 for one that is held in memory alone
   * @param accuracy on the bulk texts; absent where a text may have several labels
   * @param milliseconds a text, one at a time
   * @param textsPerSecond in bulk
   * @param singleRatio times faster than the last row one at a time, median of the rounds' ratios
   * @param bulkRatio the same in bulk
   */
  public record Row(
      String name,
      long bytes,
      @Nullable Double accuracy,
      Spread milliseconds,
      Spread textsPerSecond,
      double singleRatio,
      double bulkRatio) {}
}
