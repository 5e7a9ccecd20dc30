package io.gnomon.report;

import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Costs;
import io.gnomon.bench.Figure;
import io.gnomon.geometry.Spread;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.ApproachRow.State;
import io.gnomon.report.SuiteCells.TaskRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;

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

  private static final String LEGEND =
      """
      ## How to read this

      `a ± b`: mean over seeds and half its 95% interval (Student's t). `a [b, c]`: one cell, with its 95%
      bootstrap interval over the test texts; for speeds, the median of rounds with the least and the most
      of them. In brackets behind α on noise: α₀, what the best constant reaches on the same inputs.
      Of several labels a text: a threshold a label is tuned on the dev texts, accuracy is exact match (all
      labels and no other), agreement is label by label at 0.5; beside it all labels from 0.5 on, and the k
      likeliest, k the mean number of labels on dev. *constant* answers every text with the class shares of the
      test set itself. Where a text has one class, no constant is right more often; of several labels its best
      exact match is that of the k likeliest, and a row is to be held against the best of its rules. Preparation is all before the first training step. Shared parameters are read and not owned: a
      student's embedding table is the teacher's. Peak memory is the largest resident size of the process
      seen while the cell ran (looked at every 20 ms), in brackets what it was when the cell began: cells of
      one sitting share a process, so that only a cell run by itself (`--cell`) has a figure of its own.
      """;

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
    return table.text.append('\n').append(LEGEND).toString();
  }

  private void task(TaskRows task) {
    text.append("\n## ").append(task.task().name()).append("\n\n");
    if (task.rows().stream().allMatch(ApproachRow::untouched)) {
      text.append("Not run yet.\n");
      return;
    }
    floors(task);
    text.append(figures(task)).append('\n');
    text.append(costs(task));
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
      return row.in(State.FAILED).isEmpty() ? "not run" : "failed";
    }
    return finished == all ? Integer.toString(all) : finished + " of " + all;
  }

  private static Markdown costs(TaskRows task) {
    Markdown table =
        new Markdown(
            List.of(
                "approach",
                "preparation, s",
                "training, s",
                "samples seen",
                "peak memory, MiB",
                "parameters",
                "shared parameters",
                "ms a text, one at a time",
                "texts/s in bulk"));
    for (ApproachRow row : task.rows()) {
      List<String> line = new ArrayList<>(List.of(row.name()));
      line.addAll(row.costs().isEmpty() ? nothing() : costs(row.costs()));
      table.row(line);
    }
    return table;
  }

  private static List<String> nothing() {
    return java.util.Collections.nCopies(8, TableNumbers.NOTHING);
  }

  private static List<String> costs(List<Costs> costs) {
    Costs one = costs.get(0);
    return List.of(
        TableNumbers.seconds(
            costs.stream().mapToDouble(Costs::preparation).average().orElseThrow()),
        TableNumbers.seconds(
            costs.stream().mapToDouble(Costs::trainingSeconds).average().orElseThrow()),
        TableNumbers.count(one.samples()),
        memory(costs),
        TableNumbers.count(one.parameters()),
        TableNumbers.count(one.sharedParameters()),
        TableNumbers.spread(over(costs, Costs::millisecondsPerText)),
        TableNumbers.spread(over(costs, Costs::textsPerSecond)));
  }

  /** Of the seed that took most. */
  private static String memory(List<Costs> costs) {
    return costs.stream()
        .filter(it -> it.peakMemory() != null && it.memoryBefore() != null)
        .max(java.util.Comparator.comparing(it -> Objects.requireNonNull(it.peakMemory())))
        .map(
            it ->
                TableNumbers.mebibytes(Objects.requireNonNull(it.peakMemory()))
                    + " ("
                    + TableNumbers.mebibytes(Objects.requireNonNull(it.memoryBefore()))
                    + ")")
        .orElse(TableNumbers.NOTHING);
  }

  /** The median of the seeds' medians, with the least and the most of all rounds. */
  private static Spread over(List<Costs> costs, Function<Costs, Spread> which) {
    List<Spread> spreads = costs.stream().map(which).toList();
    double[] medians = spreads.stream().mapToDouble(Spread::median).toArray();
    DoubleStream least = spreads.stream().mapToDouble(Spread::min);
    DoubleStream most = spreads.stream().mapToDouble(Spread::max);
    return new Spread(
        Spread.of(medians).median(), least.min().orElseThrow(), most.max().orElseThrow());
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
    }
    if (!lines.isEmpty()) {
      text.append('\n').append(String.join("\n", lines)).append('\n');
    }
  }
}
