package io.gnomon.report;

import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.ApproachConfig;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.SuiteCells.TaskRows;
import io.gnomon.report.SuiteComparisons.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A suite's tables and pictures, from its folder alone: the same cells give the same bytes, and no
 * model is touched.
 */
public final class SuiteReport {
  /** Curves in one picture. */
  private static final int CURVES = 6;

  private SuiteReport() {}

  /**
   * Writes {@code table.md}, {@code table.json}, {@code comparisons.md}, {@code comparisons.json},
   * {@code accuracy.png} and {@code .svg}, and {@code angle-<task>.png} and {@code .svg} for every
   * task with a finished projection, numbered from the seventh projection on.
   *
   * @return what was written
   * @throws io.gnomon.config.InputException when no suite was run in the folder, or a file of it is
   *     damaged
   */
  public static List<Path> write(SuiteFolder folder) {
    SuiteCells cells = SuiteCells.read(folder);
    List<Comparison> comparisons = SuiteComparisons.of(cells);
    List<Path> written = new ArrayList<>();
    text(folder, "table.md", SuiteTable.of(cells), written);
    text(folder, "table.json", SuiteJson.of(cells), written);
    String suite = cells.suite().name();
    text(folder, "comparisons.md", SuiteComparisons.markdown(suite, comparisons), written);
    text(folder, "comparisons.json", SuiteJson.lines(comparisons), written);
    Path accuracy = folder.path().resolve("accuracy");
    Picture.of(
            () -> AccuracyChart.of(cells), AccuracyChart.width(cells), AccuracyChart.height(cells))
        .write(accuracy);
    written.addAll(both(accuracy));
    cells.tasks().forEach(task -> angles(folder, task, written));
    return written;
  }

  private static void text(SuiteFolder folder, String name, String text, List<Path> written) {
    Path file = folder.path().resolve(name);
    AtomicFiles.writeString(file, text);
    written.add(file);
  }

  /**
   * Projections alone, a picture of at most {@link #CURVES} at a time: colours tell no more apart.
   */
  private static void angles(SuiteFolder folder, TaskRows task, List<Path> written) {
    List<List<Path>> byApproach =
        task.rows().stream()
            .filter(row -> row.kind() instanceof ApproachConfig.Projection)
            .map(SuiteReport::traced)
            .filter(runs -> !runs.isEmpty())
            .toList();
    for (int first = 0; first < byApproach.size(); first += CURVES) {
      int end = Math.min(byApproach.size(), first + CURVES);
      String number = first == 0 ? "" : "-" + (first / CURVES + 1);
      Path out = folder.path().resolve("angle-" + task.task().name() + number);
      AnglePlot.write(byApproach.subList(first, end).stream().flatMap(List::stream).toList(), out);
      written.addAll(both(out));
    }
  }

  private static List<Path> traced(ApproachRow row) {
    return row.finished().stream()
        .map((Kept cell) -> cell.folder().run())
        .filter(run -> Files.isRegularFile(run.trace()))
        .map(run -> run.path())
        .toList();
  }

  private static List<Path> both(Path picture) {
    return Stream.of(".png", ".svg")
        .map(ending -> picture.resolveSibling(picture.getFileName() + ending))
        .toList();
  }
}
