package io.gnomon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small table for reading: plain text where it is printed, HTML where a notebook shows it.
 * Columns of numbers stand to the right, others to the left.
 */
public final class Table {
  private static final String GAP = "  ";

  /** A number, whatever its sign, unit or interval; or the dash of none. */
  private static final Pattern NUMBER = Pattern.compile("[-+<]? ?[0-9].*|" + TableNumbers.NOTHING);

  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> head) {
    this.head = head;
  }

  /**
   * An empty table.
   *
   * @throws IllegalArgumentException when there is no column
   */
  public static Table of(String... head) {
    if (head.length == 0) {
      throw new IllegalArgumentException("a table needs a column");
    }
    return new Table(List.of(head));
  }

  /**
   * Adds a row: numbers with a fraction get three places after the point, null is shown as a dash.
   *
   * @throws IllegalArgumentException when the row is not as long as the head
   */
  public Table row(@Nullable Object... cells) {
    if (cells.length != head.size()) {
      throw new IllegalArgumentException(
          "row: expected %d cells, found %d".formatted(head.size(), cells.length));
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(text(cell));
    }
    rows.add(row);
    return this;
  }

  private static String text(@Nullable Object cell) {
    if (cell == null) {
      return TableNumbers.NOTHING;
    } else if (cell instanceof Double || cell instanceof Float) {
      return String.format(Locale.ROOT, "%.3f", ((Number) cell).doubleValue());
    } else if (cell instanceof Number number) {
      return String.format(Locale.ROOT, "%,d", number.longValue());
    }
    return cell.toString();
  }

  /** Rows so far. */
  public int size() {
    return rows.size();
  }

  /** Lines of equal columns, without a line feed at the end. */
  @Override
  public String toString() {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, head.size())
            .map(column -> all.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private boolean right(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = row.get(column);
      String blanks = " ".repeat(widths[column] - cell.length());
      line.append(column == 0 ? "" : GAP).append(right(column) ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }

  /** A {@code table} element. */
  public String html() {
    StringBuilder html = new StringBuilder("<table>\n<thead>\n");
    html.append(htmlRow(head, "th")).append("</thead>\n<tbody>\n");
    rows.forEach(row -> html.append(htmlRow(row, "td")));
    return html.append("</tbody>\n</table>").toString();
  }

  private String htmlRow(List<String> row, String element) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int column = 0; column < row.size(); column++) {
      String align = right(column) ? "right" : "left";
      html.append("<%s style=\"text-align: %s\">".formatted(element, align));
      html.append(escaped(row.get(column))).append("</").append(element).append('>');
    }
    return html.append("</tr>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
