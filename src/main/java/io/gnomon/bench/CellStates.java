package io.gnomon.bench;

import io.gnomon.bench.PlannedCell.Status;
import io.gnomon.checkpoint.FileProblem;
import io.gnomon.config.ConfigWriter;
import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How cells stand, by what their folders hold. */
final class CellStates {
  /** The difference of what cannot be read. */
  static final String DAMAGED = "damaged record";

  private static final String SETTINGS = "settings";

  private final SuiteFolder folder;
  private final Materials materials;
  private final List<Long> seeds;
  private final CellListener listener;

  CellStates(SuiteFolder folder, Materials materials, List<Long> seeds, CellListener listener) {
    this.folder = folder;
    this.materials = materials;
    this.seeds = seeds;
    this.listener = listener;
  }

  /**
   * How {@code cell} stands; a damaged record is told of and counts as none.
   *
   * @throws InputException when another of its files cannot be read
   */
  PlannedCell of(Cell cell) {
    CellFolder own = folder.cell(cell);
    Optional<CellRecord> record;
    try {
      record = own.read();
    } catch (InputException damaged) {
      listener.note(withoutRemedy(damaged) + "; the cell counts as not run");
      return unfinished(cell, notFailed(own), own.begun() ? other(cell, own) : DAMAGED);
    }
    if (record.isEmpty()) {
      return unfinished(cell, notFailed(own), other(cell, own));
    }
    return record.get().failed()
        ? unfinished(cell, Status.FAILED, other(cell, own, record.get()))
        : finished(cell, record.get());
  }

  private static String withoutRemedy(InputException damaged) {
    return String.valueOf(damaged.getMessage()).replaceFirst(";[^;]*$", "");
  }

  private static Status notFailed(CellFolder own) {
    return own.begun() ? Status.BEGUN : Status.TO_DO;
  }

  private PlannedCell finished(Cell cell, CellRecord record) {
    String difference = difference(cell, record.fingerprint());
    return difference == null
        ? new PlannedCell(cell, Status.FINISHED, null, null)
        : new PlannedCell(cell, Status.DIFFERS, difference, estimate(cell));
  }

  private PlannedCell unfinished(Cell cell, Status status, @Nullable String difference) {
    return new PlannedCell(cell, status, difference, estimate(cell));
  }

  /** In what the cell differs from what is kept of it; null when in nothing. */
  private @Nullable String difference(Cell cell, Fingerprint kept) {
    if (!kept.settings().equals(Fingerprint.settings(cell))) {
      return SETTINGS;
    }
    String difference = materials.fingerprint(cell, kept).difference(kept);
    return difference.isEmpty() ? null : difference;
  }

  private @Nullable String other(Cell cell, CellFolder own, CellRecord failed) {
    boolean same = failed.fingerprint().settings().equals(Fingerprint.settings(cell));
    return same ? other(cell, own) : SETTINGS;
  }

  /** In what that differs which is there of an unfinished cell; null when in nothing. */
  private @Nullable String other(Cell cell, CellFolder own) {
    if (own.holdsRun() && !isOf(own.run().config(), cell)) {
      return SETTINGS;
    }
    Fingerprint begun = own.begunOf().orElse(null);
    return begun == null ? null : difference(cell, begun);
  }

  /** Whether a run that was begun has the cell's very configuration, without which none resumes. */
  private static boolean isOf(Path config, Cell cell) {
    try {
      return Files.isRegularFile(config)
          && Files.readString(config).equals(ConfigWriter.write(cell.experiment()));
    } catch (IOException e) {
      throw FileProblem.reading(config, e);
    }
  }

  /** The longest that the same approach took on the same task under another seed. */
  private @Nullable Double estimate(Cell cell) {
    return seeds.stream()
        .map(seed -> readable(folder.cell(cell.idUnder(seed))))
        .filter(Objects::nonNull)
        .map(CellStates::seconds)
        .max(Double::compare)
        .filter(seconds -> seconds > 0)
        .orElse(null);
  }

  /** The record; null where there is none, or a damaged one, which its own cell tells of. */
  private static @Nullable CellRecord readable(CellFolder folder) {
    try {
      return folder.read().orElse(null);
    } catch (InputException damaged) {
      return null;
    }
  }

  private static double seconds(CellRecord record) {
    Costs costs = record.costs();
    return costs == null ? 0 : Math.max(costs.seconds(), record.machine().seconds());
  }
}
