package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The rows of one input, one after the other. */
public interface RowSource extends AutoCloseable {
  /**
   * The next row, or null behind the last.
   *
   * @throws InputException when the input cannot be read on
   */
  @Nullable InputRow next();

  /** How far it was read, in bytes. */
  long position();

  @Override
  void close();

  /**
   * Opens an input.
   *
   * @param standard standard input
   * @throws InputException when it cannot be read, or lacks a column as a whole
   */
  static RowSource open(BulkInput input, Columns columns, InputStream standard) {
    return input.format() == RowFormat.PARQUET
        ? ParquetSource.open(input, columns)
        : LineSource.open(input, columns, standard);
  }
}
