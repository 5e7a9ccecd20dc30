package io.gnomon.bench;

import io.gnomon.bench.PlannedCell.Status;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.FolderLock;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.LoadedSuite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A suite at work. A cell that is finished is never run again, one that fails is written down and
 * the others go on, and one that was broken off goes on where it can. Several processes may share a
 * suite: each takes cells that no other has.
 */
public final class Bench {
  private static final Logger LOG = LoggerFactory.getLogger(Bench.class);

  private final LoadedSuite suite;
  private final SuiteFolder folder;
  private final BenchListener listener;
  private final Approaches approaches;
  private final CellStates states;
  private final CellRun run;

  /**
   * A bench of {@code suite}.
   *
   * @param results root of all suites and runs
   */
  public Bench(LoadedSuite suite, Path results, BenchListener listener) {
    this.suite = suite;
    this.folder = SuiteFolder.of(results, suite.config().name());
    this.listener = listener;
    Materials materials = new Materials(folder.answers());
    this.approaches = new Approaches(materials, folder, results.resolve("answers"));
    this.states = new CellStates(folder, materials, suite.config().seeds(), listener);
    this.run = new CellRun(materials, approaches, listener);
  }

  /**
   * What is to be run.
   *
   * @param cells patterns of cells, see {@link Grid#matching}; all without any
   * @param redo whether cells that were run under other circumstances are run anew, and those that
   *     failed from their start
   */
  public record Request(List<String> cells, boolean redo) {}

  /**
   * What a run came to.
   *
   * @param finished cells that are finished now
   * @param failed cells that were tried and failed
   * @param differing cells that were run under other circumstances and left alone
   * @param left cells that remain to be run: it was stopped, or another process has them
   */
  public record Outcome(int finished, int failed, List<PlannedCell> differing, int left) {}

  /** How one cell ended. */
  private enum End {
    FINISHED,
    FAILED,
    DIFFERS,
    LEFT
  }

  /** The cells that a request is about, in the order they are run. */
  private List<Cell> cells(Request request) {
    return Grid.matching(Grid.cells(suite), request.cells());
  }

  /**
   * How the cells stand, without running any.
   *
   * @throws io.gnomon.config.InputException when no cell fits, or a file of one cannot be read
   */
  public List<PlannedCell> plan(Request request) {
    return cells(request).stream().map(states::of).toList();
  }

  /**
   * Runs what is to be run.
   *
   * @throws io.gnomon.config.InputException when no cell fits
   */
  public Outcome run(Request request) {
    List<Cell> cells = cells(request);
    AtomicFiles.writeString(folder.config(), ConfigWriter.write(suite.config()));
    GridFile.write(folder.grid(), Grid.cells(suite));
    List<PlannedCell> differing = new ArrayList<>();
    Map<End, Integer> ends = new EnumMap<>(End.class);
    for (int i = 0; i < cells.size(); i++) {
      String place = "[" + (i + 1) + "/" + cells.size() + "]";
      End end = listener.stop() ? End.LEFT : ended(cells.get(i), place, request, differing);
      ends.merge(end, 1, Integer::sum);
    }
    return new Outcome(
        ends.getOrDefault(End.FINISHED, 0),
        ends.getOrDefault(End.FAILED, 0),
        List.copyOf(differing),
        ends.getOrDefault(End.LEFT, 0));
  }

  private End ended(Cell cell, String place, Request request, List<PlannedCell> differing) {
    Optional<FolderLock> lock = FolderLock.tryAcquire(folder.lock(cell));
    if (lock.isEmpty()) {
      listener.note(cell + ": another gnomon is running it");
      return End.LEFT;
    }
    try (FolderLock held = lock.get()) {
      PlannedCell planned = states.of(cell);
      if (planned.status() == Status.FINISHED) {
        // What is left where it was killed between its record and this.
        folder.cell(cell).dropCheckpoint();
        return End.FINISHED;
      }
      if (planned.status() == Status.DIFFERS && !request.redo()) {
        differing.add(planned);
        return End.DIFFERS;
      }
      listener.begins(cell, place);
      clear(planned, request);
      return run(cell);
    }
  }

  /**
   * Makes room where what is there is of no use to the cell. Of a finished one that was asked for;
   * unfinished work of another question is worth nothing.
   */
  private void clear(PlannedCell planned, Request request) {
    String difference = planned.difference();
    boolean failed = planned.status() == Status.FAILED && request.redo();
    if (difference == null && !failed) {
      return;
    }
    String why =
        difference == null
            ? "it failed"
            : difference.equals(CellStates.DAMAGED) ? difference : "made with other " + difference;
    listener.note("begun anew: " + why);
    folder.cell(planned.cell()).clear();
  }

  private End run(Cell cell) {
    SittingClock clock = SittingClock.begin(cell, folder.cell(cell));
    CellRecord record;
    try {
      record = run.run(cell, folder.cell(cell), clock).orElse(null);
    } catch (RuntimeException | OutOfMemoryError e) {
      keep(clock, e);
      if (listener.stop()) {
        listener.note(cell + ": " + FailureCause.of(e));
        return End.LEFT;
      }
      LOG.debug("{} failed", cell, e);
      record = run.failed(cell, folder.cell(cell), FailureCause.of(e), clock);
    }
    if (record == null) {
      clock.keep();
      return End.LEFT;
    }
    listener.ended(cell, record);
    return record.failed() ? End.FAILED : End.FINISHED;
  }

  /** Keeps the seconds; where that fails as well, the first cause is the one that is told. */
  private static void keep(SittingClock clock, Throwable cause) {
    try {
      clock.keep();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
