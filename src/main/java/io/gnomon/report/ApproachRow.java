package io.gnomon.report;

import io.gnomon.bench.CellFolder;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Costs;
import io.gnomon.bench.Estimate;
import io.gnomon.bench.Figure;
import io.gnomon.config.ApproachConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An approach on a task, under all its seeds.
 *
 * @param name the approach
 * @param cells a seed each, in the suite's order
 */
record ApproachRow(String name, ApproachConfig kind, List<Kept> cells) {
  /** How a cell stands in a report. */
  enum State {
    FINISHED,
    FAILED,
    /** Of an older suite: its figures are another question's. */
    STALE,
    /** Its record cannot be read. */
    DAMAGED,
    MISSING
  }

  /** One cell; its record is null where it is missing or damaged. */
  record Kept(String id, CellFolder folder, State state, @Nullable CellRecord record) {}

  /**
   * A figure over the finished seeds.
   *
   * @param values a seed each
   * @param low lower end of its 95% interval: of the mean over seeds (Student's t) where there are
   *     several, of the bootstrap over texts where there is one; null where neither is known
   */
  record Summary(double value, @Nullable Double low, @Nullable Double high, List<Double> values) {
    /** Whether the interval is one over seeds. */
    boolean overSeeds() {
      return values.size() > 1;
    }
  }

  /** The cells that came to an end. */
  List<Kept> finished() {
    return cells.stream().filter(cell -> cell.state() == State.FINISHED).toList();
  }

  /** Cells in a state. */
  List<Kept> in(State state) {
    return cells.stream().filter(cell -> cell.state() == state).toList();
  }

  /** Whether no cell has been run. */
  boolean untouched() {
    return in(State.MISSING).size() == cells.size();
  }

  /** What the finished cells cost. */
  List<Costs> costs() {
    return finished().stream()
        .map(cell -> Objects.requireNonNull(cell.record()).costs())
        .filter(Objects::nonNull)
        .toList();
  }

  /** A figure, where a finished cell has it. */
  Optional<Summary> figure(Figure figure) {
    List<Estimate> found =
        finished().stream()
            .map(cell -> Objects.requireNonNull(cell.record()).get(figure))
            .flatMap(Optional::stream)
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(summary(found));
  }

  private static Summary summary(List<Estimate> found) {
    List<Double> values = found.stream().map(Estimate::value).toList();
    if (found.size() == 1) {
      Estimate one = found.get(0);
      return new Summary(one.value(), one.low(), one.high(), values);
    }
    SeedMean mean = SeedMean.of(values);
    return new Summary(mean.mean(), mean.low(), mean.high(), values);
  }
}
