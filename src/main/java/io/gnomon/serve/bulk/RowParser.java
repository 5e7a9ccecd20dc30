package io.gnomon.serve.bulk;

/** A row's text to its columns. */
sealed interface RowParser permits TextLines, DelimitedLines, JsonLines {
  /** The row, or why there is none. */
  InputRow parse(Place place, String row);

  /** Whether an empty line is no row at all. */
  boolean skipsEmpty();
}
