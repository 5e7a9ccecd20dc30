package io.gnomon.report;

import io.gnomon.bench.CellRecord;
import io.gnomon.bench.Fingerprint;
import io.gnomon.config.ApproachConfig;
import io.gnomon.report.ApproachRow.Kept;
import io.gnomon.report.ApproachRow.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Cells of a task that compare: of one teacher, and of the same texts. Settings alone do not tell,
 * for a teacher that was merged anew lies where the old one lay. What most finished cells have
 * counts, and of two that are as many the newer; cells of any other are set apart.
 */
final class SameOrigin {
  /** Of finished cells with the same origin: how many, and when the last ended. */
  private record Share(int count, String ended) {
    Share and(CellRecord record) {
      String other = record.machine().ended();
      return new Share(count + 1, ended.compareTo(other) < 0 ? other : ended);
    }
  }

  private SameOrigin() {}

  /** The rows of a task with their odd cells in another state. */
  static List<ApproachRow> of(List<ApproachRow> rows) {
    List<ApproachRow> one = parted(rows, SameOrigin::asked, SameOrigin::answering, true);
    // With the model that writes texts, or that is taught: an approach's own.
    one = parted(one, ApproachRow::name, Fingerprint::teacher, true);
    // Approaches that read training texts have those in their hash as well.
    return parted(
        one, row -> String.valueOf(row.kind().readsTrainingTexts()), Fingerprint::texts, false);
  }

  /** The teacher of the task; of an approach that was told another, its own. */
  private static String asked(ApproachRow row) {
    ApproachConfig kind = row.kind();
    boolean own = kind.set().values().keySet().stream().anyMatch(key -> key.startsWith("teacher"));
    return own ? row.name() : "";
  }

  /** Weights and precision of the teacher alone. */
  private static String answering(Fingerprint fingerprint) {
    return fingerprint.teacher().replaceFirst(" (?:writer|from|student) .*$", "");
  }

  private static List<ApproachRow> parted(
      List<ApproachRow> rows,
      Function<ApproachRow, String> family,
      Function<Fingerprint, String> origin,
      boolean teacher) {
    Map<String, String> most = most(rows, family, origin);
    State odd = teacher ? State.OTHER_TEACHER : State.OTHER_TEXTS;
    List<ApproachRow> parted = new ArrayList<>();
    for (ApproachRow row : rows) {
      String usual = most.get(family.apply(row));
      List<Kept> cells = new ArrayList<>();
      for (Kept cell : row.cells()) {
        boolean same =
            cell.state() != State.FINISHED
                || origin.apply(record(cell).fingerprint()).equals(usual);
        cells.add(same ? cell : new Kept(cell.id(), cell.folder(), odd, cell.record()));
      }
      parted.add(new ApproachRow(row.name(), row.kind(), cells));
    }
    return parted;
  }

  /** Family → the origin that most of its finished cells have. */
  private static Map<String, String> most(
      List<ApproachRow> rows,
      Function<ApproachRow, String> family,
      Function<Fingerprint, String> origin) {
    Map<String, Map<String, Share>> shares = new HashMap<>();
    for (ApproachRow row : rows) {
      Map<String, Share> own = shares.computeIfAbsent(family.apply(row), it -> new HashMap<>());
      for (Kept cell : row.finished()) {
        CellRecord record = record(cell);
        String key = origin.apply(record.fingerprint());
        own.put(key, own.getOrDefault(key, new Share(0, "")).and(record));
      }
    }
    Comparator<Map.Entry<String, Share>> rising =
        Comparator.comparing((Map.Entry<String, Share> it) -> it.getValue().count())
            .thenComparing(it -> it.getValue().ended())
            .thenComparing(Map.Entry::getKey);
    Map<String, String> most = new HashMap<>();
    shares.forEach(
        (name, own) ->
            own.entrySet().stream().max(rising).ifPresent(it -> most.put(name, it.getKey())));
    return most;
  }

  private static CellRecord record(Kept cell) {
    return Objects.requireNonNull(cell.record());
  }
}
