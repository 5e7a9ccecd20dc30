package io.gnomon.report;

import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Figure;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.ApproachRow.State;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code table.md}: how well each approach does, and what it costs, task by task. */
final class SuiteTable {
  private static final List<Figure> FIGURES =
      List.of(
          Figure.ACCURACY,
          Figure.MACRO_F1,
          Figure.MICRO_F1,
          Figure.ACCURACY_HALF,
          Figure.MACRO_F1_HALF,
          Figure.MICRO_F1_HALF,
          Figure.ACCURACY_TOP_K,
          Figure.MACRO_F1_TOP_K,
          Figure.MICRO_F1_TOP_K,
          Figure.AGREEMENT,
          Figure.ALPHA_TEXT,
          Figure.ALPHA_NOISE,
          Figure.AGREEMENT_NOISE);

  private final SuiteCells cells;
  private final StringBuilder text = new StringBuilder();

  private SuiteTable(SuiteCells cells) {
    this.cells = cells;
  }

  static String of(SuiteCells cells) {
    SuiteTable table = new SuiteTable(cells);
    table.text.append("# ").append(cells.suite().name()).append("\n\n");
    table.text.append("Written by `gnomon bench` from the cells' folders.\n");
    cells.tasks().forEach(table::task);
    return table.text.append('\n').append(SuiteLegend.of(cells.suite())).toString();
  }

  private void task(TaskRows task) {
    text.append("\n## ").append(task.task().name()).append("\n\n");
    if (task.rows().stream().allMatch(ApproachRow::untouched)) {
      text.append("Not run yet.\n");
      return;
    }
    floors(task);
    text.append(figures(task)).append('\n');
    text.append(SuiteCosts.of(task));
    remarks(task);
  }

  /** What the best constant reaches: the same for all rows, as teacher and texts are. */
  private void floors(TaskRows task) {
    for (Figure floor : List.of(Figure.ALPHA_TEXT_FLOOR, Figure.AGREEMENT_FLOOR)) {
      task.rows().stream()
          .map(row -> row.figure(floor))
          .flatMap(java.util.Optional::stream)
          .findFirst()
          .ifPresent(
              it ->
                  text.append("- ")
                      .append(floor.title())
                      .append(": ")
                      .append(TableNumbers.number(floor, it.value()))
                      .append(floor.isAngle() ? " rad\n" : "%\n"));
    }
    text.append('\n');
  }

  private Markdown figures(TaskRows task) {
    List<Figure> shown = shown(task);
    Map<String, Double> printed =
        cells.suite().printed().getOrDefault(task.task().name(), Map.of());
    List<String> head = new ArrayList<>(List.of("approach"));
    shown.forEach(figure -> head.add(figure.title() + (figure.isAngle() ? ", rad" : ", %")));
    head.add("seeds");
    if (!printed.isEmpty()) {
      head.add("accuracy as printed elsewhere, %");
    }
    Markdown table = new Markdown(head);
    for (ApproachRow row : task.rows()) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      shown.forEach(figure -> line.add(figure(row, figure)));
      line.add(seeds(row));
      if (!printed.isEmpty()) {
        Double value = printed.get(row.name());
        line.add(value == null ? TableNumbers.NOTHING : TableNumbers.percent(value));
      }
      table.row(line);
    }
    return table;
  }

  /** The figures that some row of the task has, in the table's order. */
  static List<Figure> shown(TaskRows task) {
    return FIGURES.stream()
        .filter(figure -> task.rows().stream().anyMatch(row -> row.figure(figure).isPresent()))
        .toList();
  }

  /** A figure with its interval, and of α on noise with its floor. */
  static String figure(ApproachRow row, Figure figure) {
    String floor =
        figure == Figure.ALPHA_NOISE
            ? row.figure(Figure.ALPHA_NOISE_FLOOR)
                .map(it -> " (" + TableNumbers.number(figure, it.value()) + ")")
                .orElse("")
            : "";
    return row.figure(figure)
        .map(it -> TableNumbers.figure(figure, it) + floor)
        .orElse(TableNumbers.NOTHING);
  }

  /** How many seeds stand behind the row; what became of it where none does. */
  static String seeds(ApproachRow row) {
    int finished = row.finished().size();
    int all = row.cells().size();
    if (finished == 0) {
      boolean out = row.cells().stream().anyMatch(cell -> cell.state().leftOut());
      return !row.in(State.FAILED).isEmpty() ? "failed" : out ? "left out" : "not run";
    }
    return finished == all ? Integer.toString(all) : finished + " of " + all;
  }

  /** What the column of seeds cannot say: why a cell counts for nothing. */
  private void remarks(TaskRows task) {
    List<String> lines = new ArrayList<>();
    for (ApproachRow row : task.rows()) {
      for (Kept cell : row.in(State.FAILED)) {
        CellRecord record = Objects.requireNonNull(cell.record());
        lines.add("- `" + cell.id() + "` failed: " + record.cause());
      }
      for (Kept cell : row.in(State.STALE)) {
        lines.add("- `" + cell.id() + "` is of an older suite, and left out; `--redo` reruns it");
      }
      for (Kept cell : row.in(State.OTHER_TEACHER)) {
        lines.add(other(cell, "of another teacher"));
      }
      for (Kept cell : row.in(State.OTHER_TEXTS)) {
        lines.add(other(cell, "of other texts"));
      }
    }
    if (!lines.isEmpty()) {
      text.append('\n').append(String.join("\n", lines)).append('\n');
    }
  }

  private static String other(Kept cell, String what) {
    return "- `%s` is %s than most of the task's cells, and left out; `--redo` reruns what is not of today's"
        .formatted(cell.id(), what);
  }
}
