package io.gnomon.spark.tag;

import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.LineSource;
import io.gnomon.serve.bulk.Place;
import io.gnomon.serve.bulk.RowSource;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is in a slice, before anything is tagged.
 *
 * @param slice the slice
 * @param rows that begin in it
 * @param lines that do; 0 of Parquet
 * @param rejected rows that cannot be tagged
 * @param first the first of these; null without any
 */
record SliceCount(FileSlice slice, long rows, long lines, long rejected, @Nullable First first)
    implements Serializable {
  /**
   * A row that cannot be tagged.
   *
   * @param row its number in the slice, from 1
   * @param line its number in the slice, from 1; 0 of Parquet
   * @param cause what was expected and found
   */
  record First(long row, long line, String cause) implements Serializable {}

  static SliceCount of(FileSlice slice, FileRows files) {
    long rows = 0;
    long rejected = 0;
    First first = null;
    try (RowSource source = files.from(slice, 0, 0, false)) {
      for (InputRow row = source.next(); row != null; row = source.next()) {
        rows++;
        if (row instanceof InputRow.Rejected bad) {
          rejected++;
          first = first == null ? new First(rows, bad.place().line(), bad.cause()) : first;
        }
      }
      long lines = source instanceof LineSource text ? text.lines() : 0;
      return new SliceCount(slice, rows, lines, rejected, first);
    }
  }

  /** The first row that cannot be tagged, where so many rows and lines stand before the slice. */
  InputRow.@Nullable Rejected first(long rowsBefore, long linesBefore) {
    if (first == null) {
      return null;
    }
    long line = first.line() == 0 ? 0 : linesBefore + first.line();
    Place place = new Place(slice.file().name(), rowsBefore + first.row(), line);
    return new InputRow.Rejected(place, first.cause());
  }
}
