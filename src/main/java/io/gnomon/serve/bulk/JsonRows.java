package io.gnomon.serve.bulk;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rows as JSON, an object a line.
 *
 * @param layout its keys
 */
record JsonRows(Layout layout) implements RowWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public String header() {
    return "";
  }

  @Override
  public String row(OutputRow row) {
    ObjectNode object = JSON.createObjectNode();
    if (layout.files()) {
      object.put(OutputRow.FILE, row.place().file());
    }
    object.put(OutputRow.ROW, row.place().row());
    for (int i = 0; i < row.kept().size(); i++) {
      object.set(layout.keep().get(i), row.kept().get(i));
    }
    row.labels().forEach(object.putArray(OutputRow.LABELS)::add);
    if (layout.graded()) {
      row.probabilities().forEach(object.putArray(OutputRow.PROBABILITIES)::add);
    }
    if (layout.by()) {
      object.put(OutputRow.BY, row.answer().by());
    }
    return JSON.writeValueAsString(object) + "\n";
  }
}
