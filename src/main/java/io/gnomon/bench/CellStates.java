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
  private final SuiteFolder folder;
  private final Materials materials;
  private final List<Long> seeds;

  CellStates(SuiteFolder folder, Materials materials, List<Long> seeds) {
    this.folder = folder;
    this.materials = materials;
    this.seeds = seeds;
  }

  /**
   * How {@code cell} stands.
   *
   * @throws InputException when its files are damaged
   */
  PlannedCell of(Cell cell) {
    CellFolder own = folder.cell(cell);
    Optional<CellRecord> record = own.read();
    if (record.isPresent() && record.get().failed()) {
      boolean same = record.get().fingerprint().settings().equals(Fingerprint.settings(cell));
      return planned(cell, Status.FAILED, same ? null : "settings");
    }
    if (record.isPresent()) {
      String difference = difference(cell, record.get());
      Status status = difference.isEmpty() ? Status.FINISHED : Status.DIFFERS;
      return planned(cell, status, difference.isEmpty() ? null : difference);
    }
    if (!own.begun()) {
      return planned(cell, Status.TO_DO, null);
    }
    return isOf(own.run().config(), cell)
        ? planned(cell, Status.BEGUN, null)
        : planned(cell, Status.DIFFERS, "settings");
  }

  private String difference(Cell cell, CellRecord record) {
    Fingerprint kept = record.fingerprint();
    if (!kept.settings().equals(Fingerprint.settings(cell))) {
      return "settings";
    }
    try {
      return materials.fingerprint(cell).difference(kept);
    } catch (InputException absent) {
      // Neither teacher nor texts need be on the machine that goes on with another's cells.
      return "";
    }
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

  private PlannedCell planned(Cell cell, Status status, @Nullable String difference) {
    return new PlannedCell(
        cell, status, difference, status == Status.FINISHED ? null : estimate(cell));
  }

  /** The longest that the same approach took on the same task under another seed. */
  private @Nullable Double estimate(Cell cell) {
    return seeds.stream()
        .map(seed -> folder.cell(cell.idUnder(seed)).read().orElse(null))
        .filter(Objects::nonNull)
        .map(CellStates::seconds)
        .max(Double::compare)
        .filter(seconds -> seconds > 0)
        .orElse(null);
  }

  private static double seconds(CellRecord record) {
    Costs costs = record.costs();
    return costs == null ? 0 : Math.max(costs.seconds(), record.machine().seconds());
  }
}
