package io.gnomon.serve.bulk;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The output's columns.
 *
 * @param files whether rows name their input
 * @param keep columns carried along
 * @param graded whether answers have probabilities
 * @param by whether rows say who answered
 */
public record Layout(boolean files, List<String> keep, boolean graded, boolean by)
    implements Serializable {
  /** Copies the list. */
  public Layout {
    keep = List.copyOf(keep);
  }

  /** Names in order, each with the type that DuckDB reads it as. */
  Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    if (files) {
      types.put(OutputRow.FILE, "VARCHAR");
    }
    types.put(OutputRow.ROW, "BIGINT");
    keep.forEach(name -> types.put(name, "VARCHAR"));
    types.put(OutputRow.LABELS, "VARCHAR[]");
    if (graded) {
      types.put(OutputRow.PROBABILITIES, "DOUBLE[]");
    }
    if (by) {
      types.put(OutputRow.BY, "VARCHAR");
    }
    return types;
  }

  List<String> names() {
    return new ArrayList<>(types().keySet());
  }
}
