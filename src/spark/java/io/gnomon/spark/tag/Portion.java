package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.InputRow;
import io.gnomon.serve.bulk.RowSource;
import io.gnomon.serve.bulk.Stretch;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one task tags: whole blocks of a file's rows, so that it comes to the same {@link Stretch}es
 * as one machine that reads the whole file.
 *
 * @param slice where to begin reading
 * @param rows before the slice in the file
 * @param lines before the slice in the file
 * @param first rows of the file before those to be tagged
 * @param end rows of the file up to the last to be tagged
 */
record Portion(FileSlice slice, long rows, long lines, long first, long end)
    implements Serializable {
  /**
   * Its rows.
   *
   * @throws InputException when the file cannot be read, or has fewer rows than were counted
   */
  Source open(FileRows files) {
    RowSource source = files.from(slice, rows, lines, true);
    try {
      Source opened = new Source(this, source);
      opened.begin();
      return opened;
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Rows of one portion, up to its last. */
  static final class Source implements Stretch.Source, AutoCloseable {
    private final Portion portion;
    private final RowSource rows;
    private long passed;

    private Source(Portion portion, RowSource rows) {
      this.portion = portion;
      this.rows = rows;
      this.passed = portion.rows;
    }

    private void begin() {
      if (rows instanceof ParquetRows parquet) {
        parquet.passTo(portion.first);
        passed = portion.first;
      }
      while (passed < portion.first) {
        read();
      }
    }

    @Override
    public @Nullable InputRow next() {
      return passed < portion.end ? read() : null;
    }

    private InputRow read() {
      InputRow row = rows.next();
      if (row == null) {
        throw new InputException(
            portion.slice.file().name()
                + ": expected the rows that were counted before, found fewer; leave it as it is"
                + " while it is tagged, and begin anew");
      }
      passed = row.place().row();
      return row;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
