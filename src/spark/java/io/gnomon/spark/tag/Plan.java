package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.serve.bulk.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Who tags what, once it is known how many rows each slice has.
 *
 * @param portions in the order of the rows
 * @param spoilt the slices in which rows cannot be tagged, as if all of their rows were a task's
 * @param rejected the first row of each of these that cannot be
 * @param rows of all files
 * @param bad rows that cannot be tagged
 */
record Plan(
    List<Portion> portions,
    List<Portion> spoilt,
    List<InputRow.Rejected> rejected,
    long rows,
    long bad) {
  /**
   * Blocks of one task of Parquet. What is in a row group can be read from its beginning alone, but
   * reading is cheap beside tagging, and there may be but one row group.
   */
  static final long BLOCKS = 16;

  /**
   * A plan.
   *
   * @param counts of all slices, file by file, in the order of their rows
   */
  static Plan of(List<SliceCount> counts) {
    Builder plan = new Builder();
    counts.forEach(plan::add);
    return plan.build();
  }

  /** Goes from slice to slice. */
  private static final class Builder {
    private final List<Portion> portions = new ArrayList<>();
    private final List<Portion> spoilt = new ArrayList<>();
    private final List<InputRow.Rejected> rejected = new ArrayList<>();
    private final List<SliceCount> file = new ArrayList<>();
    private long all;
    private long bad;

    void add(SliceCount count) {
      if (!file.isEmpty() && !file.get(0).slice().file().equals(count.slice().file())) {
        endFile();
      }
      file.add(count);
    }

    Plan build() {
      endFile();
      return new Plan(portions, spoilt, rejected, all, bad);
    }

    private void endFile() {
      long whole = file.stream().mapToLong(SliceCount::rows).sum();
      long rows = 0;
      long lines = 0;
      for (SliceCount count : file) {
        share(count, rows, lines, whole);
        rows += count.rows();
        lines += count.lines();
      }
      all += whole;
      file.clear();
    }

    /** A slice's task has the blocks that begin in it. */
    private void share(SliceCount count, long rows, long lines, long whole) {
      long end = Math.min(whole, blockFrom(rows + count.rows()));
      boolean parquet = count.slice().file().format() == RowFormat.PARQUET;
      long step = parquet ? BLOCKS * Stretch.BLOCK : Math.max(1, whole);
      for (long first = blockFrom(rows); first < end; first += step) {
        portions.add(new Portion(count.slice(), rows, lines, first, Math.min(end, first + step)));
      }
      InputRow.Rejected first = count.first(rows, lines);
      if (first != null) {
        rejected.add(first);
        spoilt.add(new Portion(count.slice(), rows, lines, rows, rows + count.rows()));
        bad += count.rejected();
      }
    }

    /** Rows before the first block that begins behind so many rows. */
    private static long blockFrom(long rows) {
      return (rows + Stretch.BLOCK - 1) / Stretch.BLOCK * Stretch.BLOCK;
    }
  }
}
