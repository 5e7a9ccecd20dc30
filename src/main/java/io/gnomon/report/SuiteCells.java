package io.gnomon.report;

import io.gnomon.bench.CellFolder;
import io.gnomon.bench.CellRecord;
import io.gnomon.bench.GridFile;
import io.gnomon.bench.SuiteFolder;
import io.gnomon.config.ApproachConfig;
import io.gnomon.config.ConfigLoader;
import io.gnomon.config.InputException;
import io.gnomon.config.SuiteConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.ApproachRow.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All that a suite's tables are made of, read from its folder alone.
 *
 * @param suite the suite as it was last run
 * @param tasks its tasks, in its order
 */
record SuiteCells(SuiteConfig suite, List<TaskRows> tasks) {
  /**
   * A task's part of the tables.
   *
   * @param rows an approach each, in the suite's order; see {@link SameOrigin} for cells set apart
   */
  record TaskRows(TaskConfig task, List<ApproachRow> rows) {}

  /**
   * Reads the cells.
   *
   * @throws io.gnomon.config.InputException when no suite was run here, or a file is damaged
   */
  static SuiteCells read(SuiteFolder folder) {
    return read(
        folder,
        problem -> {
          throw problem;
        });
  }

  /**
   * The same, with a cell whose file is damaged told of and left in state {@link State#DAMAGED}.
   *
   * @throws io.gnomon.config.InputException when no suite was run here, or its own file is damaged
   */
  static SuiteCells read(SuiteFolder folder, Consumer<InputException> damaged) {
    SuiteConfig suite =
        ConfigLoader.load(folder.config(), SuiteConfig.class, List.of(), List.of()).config();
    Map<String, String> grid = GridFile.read(folder.grid());
    List<TaskRows> tasks = new ArrayList<>();
    for (TaskConfig task : suite.tasks()) {
      List<ApproachRow> rows = new ArrayList<>();
      suite
          .approaches()
          .forEach(
              (name, kind) -> rows.add(row(folder, suite, grid, task.name(), name, kind, damaged)));
      tasks.add(new TaskRows(task, SameOrigin.of(rows)));
    }
    return new SuiteCells(suite, tasks);
  }

  private static ApproachRow row(
      SuiteFolder folder,
      SuiteConfig suite,
      Map<String, String> grid,
      String task,
      String name,
      ApproachConfig kind,
      Consumer<InputException> damaged) {
    List<Kept> cells = new ArrayList<>();
    for (long seed : suite.seeds()) {
      String id = task + "/" + name + "/seed-" + seed;
      String settings = grid.get(id);
      if (settings != null) {
        cells.add(kept(id, folder.cell(id), settings, damaged));
      }
    }
    return new ApproachRow(name, kind, cells);
  }

  private static Kept kept(
      String id, CellFolder folder, String settings, Consumer<InputException> damaged) {
    CellRecord record;
    try {
      record = folder.read().orElse(null);
    } catch (InputException e) {
      damaged.accept(e);
      return new Kept(id, folder, State.DAMAGED, null);
    }
    if (record == null) {
      return new Kept(id, folder, State.MISSING, null);
    }
    State state = record.failed() ? State.FAILED : State.FINISHED;
    boolean stale = !record.fingerprint().settings().equals(settings);
    return new Kept(id, folder, stale ? State.STALE : state, record);
  }
}
