package io.gnomon.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown; all columns but the first stand to the right. */
final class Markdown {
  private final List<String> lines = new ArrayList<>();

  Markdown(List<String> head) {
    lines.add(line(head));
    lines.add("|---" + "|---:".repeat(head.size() - 1) + "|");
  }

  void row(List<String> cells) {
    lines.add(line(cells));
  }

  private static String line(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())
        + " |";
  }

  /** The table, a line feed at its end. */
  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
