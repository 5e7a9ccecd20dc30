package io.gnomon.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns; numbers stand to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> right;

  /**
   * An empty table.
   *
   * @param right whether each column stands to the right
   */
  TextTable(Boolean... right) {
    this.right = List.of(right);
  }

  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The rows, each below {@code indent}, without blanks at the end. */
  List<String> lines(String indent) {
    return rows.stream().map(row -> indent + line(row).stripTrailing()).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String blanks = " ".repeat(width(column) - width(row.get(column)));
      line.append(column == 0 ? "" : "  ")
          .append(right.get(column) ? blanks : "")
          .append(row.get(column))
          .append(right.get(column) ? "" : blanks);
    }
    return line.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
