package io.gnomon.report;

import io.gnomon.bench.SuiteFolder;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.SuiteConfig;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.SuiteCells.TaskRows;
import io.gnomon.report.SuiteComparisons.Compared;
import java.io.IOException;
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
   * task with two finished projections or more, which from the seventh on are parted among several
   * numbered pictures. Pictures of tasks that are no longer drawn are removed.
   *
   * @return what was written
   * @throws io.gnomon.config.InputException when no suite was run in the folder, or a file of it is
   *     damaged
   */
  public static List<Path> write(SuiteFolder folder) {
    SuiteCells cells = SuiteCells.read(folder);
    Compared compared = SuiteComparisons.of(cells);
    List<Path> written = new ArrayList<>();
    text(folder, "table.md", SuiteTable.of(cells), written);
    text(folder, "table.json", SuiteJson.of(cells), written);
    String suite = cells.suite().name();
    text(folder, "comparisons.md", SuiteComparisons.markdown(suite, compared), written);
    text(folder, "comparisons.json", SuiteJson.lines(compared.pairs()), written);
    Path accuracy = folder.path().resolve("accuracy");
    AccuracyChart.of(cells.tasks()).picture().write(accuracy);
    written.addAll(both(accuracy));
    cells.tasks().forEach(task -> angles(folder, cells.suite(), task, written));
    cells.tasks().forEach(task -> removeOld(folder, task, written));
    return written;
  }

  private static void text(SuiteFolder folder, String name, String text, List<Path> written) {
    Path file = folder.path().resolve(name);
    AtomicFiles.writeString(file, text);
    written.add(file);
  }

  /**
   * Projections alone, a picture of at most {@link #CURVES} at a time, for colours tell no more
   * apart; one curve by itself is in its run's own picture.
   */
  private static void angles(
      SuiteFolder folder, SuiteConfig suite, TaskRows task, List<Path> written) {
    List<List<Path>> byApproach =
        task.rows().stream()
            .filter(row -> row.kind() instanceof ApproachConfig.Projection)
            .map(SuiteReport::traced)
            .filter(runs -> !runs.isEmpty())
            .toList();
    if (byApproach.size() < 2) {
      return;
    }
    boolean single =
        suite.seeds().size() > 1 && byApproach.stream().allMatch(runs -> runs.size() == 1);
    String title = suite.name() + ", " + task.task().name() + (single ? " (one seed each)" : "");
    int picture = 0;
    for (int first = 0, end; first < byApproach.size(); first = end) {
      end = Math.min(byApproach.size(), first + CURVES);
      // Nor is one left over for the last picture.
      end -= byApproach.size() - end == 1 ? 1 : 0;
      Path out = angle(folder, task, picture++);
      List<List<Path>> own = byApproach.subList(first, end);
      AnglePlot.write(title, own.stream().flatMap(List::stream).toList(), out);
      written.addAll(both(out));
    }
  }

  private static Path angle(SuiteFolder folder, TaskRows task, int picture) {
    String number = picture == 0 ? "" : "-" + (picture + 1);
    return folder.path().resolve("angle-" + task.task().name() + number);
  }

  /** Pictures of cells that count no more would stand beside tables that do without them. */
  private static void removeOld(SuiteFolder folder, TaskRows task, List<Path> written) {
    boolean found = true;
    for (int i = 0; found; i++) {
      found = false;
      for (Path file : both(angle(folder, task, i))) {
        try {
          found |= written.contains(file) || Files.deleteIfExists(file);
        } catch (IOException e) {
          throw FileProblem.writing(file, e);
        }
      }
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
