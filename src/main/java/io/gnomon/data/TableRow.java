package io.gnomon.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of a table as it stands. Unlike a {@link LabelledText} it may lack text or labels, for what
 * looks for such rows.
 *
 * @param where {@code file:line}, or a row number where a format has no lines
 * @param number number of the row in its table, from 1, a header not counted
 * @param text without white space around it; may be empty
 * @param labels none twice, in the order given; may be empty
 * @param probabilities of the labels in their order; empty where the table has none
 * @param by who labelled it; null where the table does not say
 * @param columns all columns as they were read, by name
 */
public record TableRow(
    String where,
    int number,
    String text,
    List<String> labels,
    List<Double> probabilities,
    @Nullable String by,
    Map<String, JsonNode> columns) {
  /** Copies the collections, in their order. */
  public TableRow {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
