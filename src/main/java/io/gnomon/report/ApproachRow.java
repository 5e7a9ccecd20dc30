package io.gnomon.report;

import io.gnomon.bench.CellFolder;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Costs;
import io.gnomon.bench.Estimate;
import io.gnomon.bench.Figure;
import io.gnomon.config.ApproachConfig;
import io.gnomon.evaluation.Interval;
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
    /** Of another teacher than most cells of its task. */
    OTHER_TEACHER,
    /** Of other texts than most cells of its task. */
    OTHER_TEXTS,
    /** Its record cannot be read. */
    DAMAGED,
    MISSING;

    /** Whether its figures are there and count for nothing. */
    boolean leftOut() {
      return this == STALE || this == OTHER_TEACHER || this == OTHER_TEXTS;
    }
  }

  /** One cell; its record is null where it is missing or damaged. */
  record Kept(String id, CellFolder folder, State state, @Nullable CellRecord record) {}

  /**
   * A figure over the finished seeds.
   *
   * @param low lower end of its 95% interval: of the mean over seeds (Student's t, cut where the
   *     figure can go no further) where there are several, of the bootstrap over texts where there
   *     is one; null where neither is known
   * @param half half the width of the interval over seeds, uncut; null where there is one seed
   * @param texts the bootstrap's 95% interval over texts, of several seeds its ends averaged over
   *     their cells; null where a cell has none
   * @param values a seed each
   */
  record Summary(
      double value,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Double half,
      @Nullable Interval texts,
      List<Double> values) {
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

  /** Whether one seed stands for an approach that seeds change. */
  boolean oneOfSeveral() {
    return kind.seeded() && finished().size() == 1;
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
    return found.isEmpty() ? Optional.empty() : Optional.of(summary(figure, found));
  }

  private static Summary summary(Figure figure, List<Estimate> found) {
    List<Double> values = found.stream().map(Estimate::value).toList();
    if (found.size() == 1) {
      Estimate one = found.get(0);
      return new Summary(one.value(), one.low(), one.high(), null, texts(found), values);
    }
    SeedMean mean = SeedMean.of(values);
    double low = Math.max(0, mean.low());
    double high = Math.min(figure.isAngle() ? Math.PI : 1, mean.high());
    return new Summary(mean.mean(), low, high, mean.half(), texts(found), values);
  }

  private static @Nullable Interval texts(List<Estimate> found) {
    double value = 0;
    double low = 0;
    double high = 0;
    for (Estimate one : found) {
      Double lower = one.low();
      Double upper = one.high();
      if (lower == null || upper == null) {
        return null;
      }
      value += one.value() / found.size();
      low += lower / found.size();
      high += upper / found.size();
    }
    return new Interval(value, low, high);
  }
}
