package io.gnomon.serve.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a file holds its rows. */
public enum RowFormat {
  /** A text a line; has one column. */
  TEXT("txt", "text"),
  /** With a header, quoted as RFC 4180 has it. */
  CSV("csv", "csv"),
  /** The same, separated by tabs. */
  TSV("tsv", "tab"),
  /** A JSON object a line. */
  JSONL("jsonl", "ndjson"),
  /** A Parquet file. */
  PARQUET("parquet", "pq");

  private final String ending;
  private final String other;

  RowFormat(String ending, String other) {
    this.ending = ending;
    this.other = other;
  }

  /** As it is given on a command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a file's ending tells. */
  public static Optional<RowFormat> ofName(String file) {
    String found = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> found.equals(format.ending) || found.equals(format.other))
        .findFirst();
  }

  /** Between the fields of a line; of the other formats a comma, which they do not use. */
  char separator() {
    return this == TSV ? '\t' : ',';
  }

  /** Whether a row may go on over several lines, within quotes. */
  boolean quotes() {
    return this == CSV || this == TSV;
  }
}
