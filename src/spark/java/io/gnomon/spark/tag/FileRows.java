package io.gnomon.spark.tag;

import io.gnomon.config.InputException;
import io.gnomon.serve.bulk.Columns;
import io.gnomon.serve.bulk.LineSource;
import io.gnomon.serve.bulk.Place;
import io.gnomon.serve.bulk.RowFormat;
import io.gnomon.serve.bulk.RowSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Opens files of any file system that Spark knows.
 *
 * @param hadoop how these are reached
 * @param columns what of a row is used
 */
record FileRows(Configuration hadoop, Columns columns) {
  private static final int BUFFER = 1 << 16;

  /**
   * The rows from a slice on, to its end or to the file's.
   *
   * @param rows before it in the file; Parquet knows by itself
   * @param lines before it in the file
   * @param on whether to read on behind the slice's end
   * @throws InputException when the file cannot be read, or lacks a column as a whole
   */
  RowSource from(FileSlice slice, long rows, long lines, boolean on) {
    long end = on ? Long.MAX_VALUE : slice.end();
    try {
      return slice.file().format() == RowFormat.PARQUET
          ? ParquetRows.open(slice.file(), hadoop, columns, slice.begin(), end)
          : lines(slice, new Place(slice.file().name(), rows, lines), end);
    } catch (IOException e) {
      throw FileTrouble.reading(slice.file().name(), e);
    }
  }

  private LineSource lines(FileSlice slice, Place before, long end) throws IOException {
    FSDataInputStream file = slice.file().path().getFileSystem(hadoop).open(slice.file().path());
    try {
      long from = Math.max(0, slice.begin() - 1);
      file.seek(from);
      InputStream in = new BufferedInputStream(file, BUFFER);
      long begin = slice.begin() == 0 ? 0 : from + lineLeft(in);
      return LineSource.within(in, columns, before, begin, end);
    } catch (RuntimeException | IOException e) {
      file.close();
      throw e;
    }
  }

  /** Passes what is left of a line, which is of the slice before, and says how many bytes. */
  private static long lineLeft(InputStream in) throws IOException {
    long passed = 0;
    int next;
    do {
      next = in.read();
      passed++;
    } while (next >= 0 && next != '\n');
    return passed;
  }
}
