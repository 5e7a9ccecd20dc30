package io.gnomon.data;

import java.util.List;

/** Rows of a CSV or TSV table with a header. */
final class DelimitedTable {
  private DelimitedTable() {}

  static List<Row> read(TableFile file, char separator, String text, String label) {
    List<DelimitedFile.Line> lines = DelimitedFile.read(file, separator);
    if (lines.isEmpty()) {
      return List.of();
    }
    DelimitedFile.Line header = lines.get(0);
    int textColumn = column(header, text);
    int labelColumn = column(header, label);
    int columns = header.fields().size();
    return lines.subList(1, lines.size()).stream()
        .map(line -> row(line, columns, textColumn, labelColumn))
        .toList();
  }

  private static Row row(DelimitedFile.Line line, int columns, int text, int label) {
    List<String> fields = line.fields();
    if (fields.size() != columns) {
      throw Problems.badRow(
          line.where(), columns + " columns as in the header", "" + fields.size());
    }
    return TableReader.row(line.where(), fields.get(text), List.of(fields.get(label)));
  }

  private static int column(DelimitedFile.Line header, String name) {
    int column = header.fields().indexOf(name);
    if (column < 0) {
      throw TableReader.unknownColumn(header.where(), name, header.fields());
    }
    return column;
  }
}
