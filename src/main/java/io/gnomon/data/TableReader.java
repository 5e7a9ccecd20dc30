package io.gnomon.data;

import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.Table.Format;
import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Any table with a text column and a label column. CSV and TSV have a header and RFC 4180 quotes; a
 * line of JSONL is an object, its label a text, a number, a boolean or a list of these; Parquet
 * goes through DuckDB. Surrounding white space of texts and labels is dropped; classes are the
 * distinct labels, sorted.
 */
final class TableReader {
  private static final String EMBEDDED = "embedded:";

  /** The tables that ship, with the terms and the set they come from. */
  private static final Map<String, KnownSet> SHIPPED =
      Map.of("goemotions-slice.tsv", KnownSet.GOEMOTIONS);

  private TableReader() {}

  static LabelledSet read(DataConfig.Table config) {
    TableFile file = locate(config.path());
    List<Row> rows =
        switch (format(config)) {
          case CSV -> DelimitedTable.read(file, ',', config.text(), config.label());
          case TSV -> DelimitedTable.read(file, '\t', config.text(), config.label());
          case JSONL -> JsonLinesTable.read(file, config.text(), config.label());
          case PARQUET -> ParquetTable.read(file, config.text(), config.label());
        };
    return LabelledSet.ofRows(info(config, file), LabelledSet.distinctLabels(rows), rows);
  }

  static TableFile locate(String path) {
    if (!path.startsWith(EMBEDDED)) {
      return new TableFile(DataPaths.find(path).orElseThrow(() -> missing(path)), false);
    }
    String name = path.substring(EMBEDDED.length());
    if (!SHIPPED.containsKey(name)) {
      throw new InputException(
          String.format(
              "data path '%s': no table of that name ships with Gnomon; those that do: %s",
              path, EMBEDDED + String.join(", " + EMBEDDED, SHIPPED.keySet())));
    }
    return new TableFile(Path.of(name), true);
  }

  private static InputException missing(String path) {
    return new InputException(
        String.format(
            "table not found at %s (%s): give the path of a CSV, TSV, JSONL or Parquet file, or"
                + " %sNAME for one that ships",
            path, DataPaths.placesLookedIn(path), EMBEDDED));
  }

  private static SetInfo info(DataConfig.Table config, TableFile file) {
    String name = "" + file.path().getFileName();
    KnownSet set = file.embedded() ? SHIPPED.get(name) : null;
    return set == null
        ? new SetInfo(name, config.licence(), file.path().toString())
        : set.info(name);
  }

  static Format format(DataConfig.Table config) {
    if (config.format() != null) {
      return config.format();
    }
    String path = config.path().toLowerCase(Locale.ROOT);
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "csv" -> Format.CSV;
      case "tsv" -> Format.TSV;
      case "jsonl", "ndjson" -> Format.JSONL;
      case "parquet" -> Format.PARQUET;
      default ->
          throw new InputException(
              String.format(
                  "%s: the ending does not tell the format; expected .csv, .tsv, .jsonl or"
                      + " .parquet, or set format: csv | tsv | jsonl | parquet",
                  config.path()));
    };
  }

  /** A column that is not there, in the message of every format. */
  static InputException unknownColumn(String where, String column, List<String> columns) {
    return new InputException(
        String.format(
            "%s: no column '%s', the columns are: %s; name the right ones under text: and label:",
            where, column, String.join(", ", columns)));
  }

  /** One row; an empty text or label is refused. */
  static Row row(String where, String text, List<String> labels) {
    if (text.isBlank()) {
      throw Problems.emptyText(where);
    }
    if (labels.isEmpty() || labels.stream().anyMatch(String::isBlank)) {
      throw Problems.badRow(where, "a label", "an empty one");
    }
    return new Row(
        where, new LabelledText(text.strip(), labels.stream().map(String::strip).toList()));
  }
}
