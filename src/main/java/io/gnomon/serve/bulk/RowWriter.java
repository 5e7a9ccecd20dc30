package io.gnomon.serve.bulk;

import io.gnomon.config.InputException;
import java.util.List;

/** Rows as the text of a file. */
public sealed interface RowWriter permits JsonRows, DelimitedRows {
  /** What stands before the first row. */
  String header();

  /** A row with its line break. */
  String row(OutputRow row);

  /**
   * A writer.
   *
   * @param labels that may occur
   * @throws InputException when the format cannot hold them
   */
  static RowWriter of(RowFormat format, Layout layout, List<String> labels) {
    return switch (format) {
      case JSONL, PARQUET -> new JsonRows(layout);
      case CSV, TSV -> DelimitedRows.of(format, layout, labels);
      case TEXT ->
          throw new InputException(
              "--to: expected jsonl, csv, tsv or parquet, found text; give --to jsonl");
    };
  }
}
