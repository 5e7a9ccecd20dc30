package io.gnomon.report;

import io.gnomon.bench.Costs;
import io.gnomon.bench.Figure;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.report.ApproachRow.Summary;
import io.gnomon.report.SuiteCells.TaskRows;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A suite's figures for a notebook, from its cells' folders alone: whatever has been run so far is
 * there, and what has not is not.
 *
 * <pre>{@code
 * SuiteResults angle = SuiteResults.read(root.resolve("results/rq1-angle"));
 * angle.only(Row::isProjection).table(Figure.ALPHA_NOISE, Figure.ALPHA_TEXT)
 * }</pre>
 */
public final class SuiteResults {
  private final List<Row> rows;

  private SuiteResults(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * Reads {@code results/<suite>}.
   *
   * @throws io.gnomon.config.InputException when no suite was run in the folder, or a file of it is
   *     damaged
   */
  public static SuiteResults read(Path folder) {
    List<Row> rows = new ArrayList<>();
    for (TaskRows task : SuiteCells.read(new SuiteFolder(folder)).tasks()) {
      task.rows().forEach(row -> rows.add(new Row(task.task(), row)));
    }
    return new SuiteResults(rows);
  }

  /** An approach on a task, under all its seeds. */
  public static final class Row {
    private final TaskConfig task;
    private final ApproachRow row;

    private Row(TaskConfig task, ApproachRow row) {
      this.task = task;
      this.row = row;
    }

    public String task() {
      return task.name();
    }

    /** Accuracy; where a text may have several labels micro-F1, for exact match tells little. */
    public Figure headline() {
      return task.multiLabel() ? Figure.MICRO_F1 : Figure.ACCURACY;
    }

    public String approach() {
      return row.name();
    }

    /** Whether a student was cast without text. */
    public boolean isProjection() {
      return row.kind() instanceof ApproachConfig.Projection;
    }

    /** Whether it is a floor or a ceiling rather than a way to a classifier. */
    public boolean isReference() {
      return row.kind() instanceof ApproachConfig.Teacher
          || row.kind() instanceof ApproachConfig.Constant;
    }

    /** Seeds that came to an end. */
    public int finished() {
      return row.finished().size();
    }

    /** Seeds that the suite asks for. */
    public int planned() {
      return row.cells().size();
    }

    /** A figure, the mean over its finished seeds. */
    public OptionalDouble get(Figure figure) {
      return row.figure(figure).stream().mapToDouble(Summary::value).findFirst();
    }

    /** Seconds of a seed before its first answer, the mean over its finished seeds. */
    public OptionalDouble seconds() {
      return row.costs().stream().mapToDouble(Costs::seconds).average();
    }

    /** Inputs that a seed's training saw, repetitions counted. */
    public OptionalLong samples() {
      return row.costs().stream().mapToLong(Costs::samples).findFirst();
    }

    /** Folders of finished seeds that left a trace. */
    public List<Path> runs() {
      return row.finished().stream()
          .map(cell -> cell.folder().path())
          .filter(run -> Files.isRegularFile(run.resolve("trace.jsonl")))
          .toList();
    }
  }

  /** Approaches on tasks, in the suite's order, of which a seed is finished. */
  public List<Row> rows() {
    return rows.stream().filter(row -> row.finished() > 0).toList();
  }

  /** Tasks with such a row, in the suite's order. */
  public List<String> tasks() {
    return rows().stream().map(Row::task).distinct().toList();
  }

  /** The same suite, some of its rows. */
  public SuiteResults only(Predicate<Row> keep) {
    return new SuiteResults(rows.stream().filter(keep).toList());
  }

  /** How far each task has come. */
  public Table progress() {
    Table table = Table.of("task", "approaches begun", "of", "cells finished", "of");
    for (String task : rows.stream().map(Row::task).distinct().toList()) {
      List<Row> own = rows.stream().filter(row -> row.task().equals(task)).toList();
      table.row(
          task,
          own.stream().filter(row -> row.finished() > 0).count(),
          own.size(),
          own.stream().mapToInt(Row::finished).sum(),
          own.stream().mapToInt(Row::planned).sum());
    }
    return table;
  }

  /** Figures of all rows, each with its 95% interval where it has one; shares in percent. */
  public Table table(Figure... figures) {
    List<String> head = new ArrayList<>(List.of("task", "approach"));
    for (Figure figure : figures) {
      head.add(heading(figure));
    }
    head.add("seeds");
    Table table = Table.of(head.toArray(String[]::new));
    for (Row row : rows()) {
      List<Object> cells = new ArrayList<>(List.of(row.task(), row.approach()));
      for (Figure figure : figures) {
        cells.add(
            row.row
                .figure(figure)
                .map(it -> TableNumbers.figure(figure, it))
                .orElse(TableNumbers.NOTHING));
      }
      cells.add(row.finished());
      table.row(cells.toArray());
    }
    return table;
  }

  /**
   * A panel a task, a row an approach: accuracy, of several labels a text micro-F1, with teacher
   * and constant as lines across.
   */
  public BufferedImage panels() {
    return AccuracyChart.of(byTask()).picture().image();
  }

  /**
   * The same of another share.
   *
   * @throws IllegalArgumentException when the figure is an angle
   */
  public BufferedImage panels(Figure share) {
    if (share.isAngle()) {
      throw new IllegalArgumentException("panels show shares, not " + share.title());
    }
    return AccuracyChart.of(byTask(), share).picture().image();
  }

  private List<TaskRows> byTask() {
    Map<TaskConfig, List<ApproachRow>> byTask = new LinkedHashMap<>();
    rows.forEach(it -> byTask.computeIfAbsent(it.task, task -> new ArrayList<>()).add(it.row));
    return byTask.entrySet().stream()
        .map(entry -> new TaskRows(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** A panel a figure, a row an approach, a colour a task; floors of angles are hollow. */
  public DotPlot dots(Figure... figures) {
    DotPlot plot = DotPlot.empty().floorsAre("α₀, what the best constant reaches");
    for (Figure figure : figures) {
      String panel = heading(figure);
      for (Row row : rows()) {
        row.row.figure(figure).ifPresent(it -> dot(plot, panel, row, figure, it));
        floor(figure, row)
            .ifPresent(it -> plot.floor(panel, row.approach(), row.task(), shown(figure, it)));
      }
    }
    return plot;
  }

  private static void dot(DotPlot plot, String panel, Row row, Figure figure, Summary it) {
    Double low = it.low();
    Double high = it.high();
    plot.dot(
        panel,
        row.approach(),
        row.task(),
        shown(figure, it.value()),
        shown(figure, low == null ? it.value() : low),
        shown(figure, high == null ? it.value() : high));
  }

  private static OptionalDouble floor(Figure figure, Row row) {
    return switch (figure) {
      case ALPHA_TEXT -> row.get(Figure.ALPHA_TEXT_FLOOR);
      case ALPHA_NOISE -> row.get(Figure.ALPHA_NOISE_FLOOR);
      default -> OptionalDouble.empty();
    };
  }

  private static double shown(Figure figure, double value) {
    return figure.isAngle() ? value : 100 * value;
  }

  private static String heading(Figure figure) {
    String title =
        switch (figure) {
          case ALPHA_TEXT_FLOOR -> "α₀ on text";
          case AGREEMENT_FLOOR -> "a constant's agreement";
          default -> figure.title();
        };
    return title + (figure.isAngle() ? " (rad)" : " (%)");
  }

  /**
   * α with its floor, ‖h‖ and c against steps, of those of the named approaches that are finished
   * on a task.
   *
   * @throws io.gnomon.config.InputException when none is
   */
  public BufferedImage curves(String task, String... approaches) {
    List<String> asked = List.of(approaches);
    List<Path> runs =
        rows().stream()
            .filter(row -> row.task().equals(task) && asked.contains(row.approach()))
            .flatMap(row -> row.runs().stream())
            .toList();
    return AnglePlot.image(task, runs);
  }
}
