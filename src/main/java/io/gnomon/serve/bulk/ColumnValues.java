package io.gnomon.serve.bulk;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A row of a file that has columns of types, as Parquet has. */
public final class ColumnValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ColumnValues() {}

  /**
   * The row, or why it cannot be tagged.
   *
   * @param values in the order of {@link Columns#all}: of the text a String; of others whole
   *     numbers, Double, BigDecimal and Boolean are carried along as what they are, the rest as its
   *     {@code toString}
   */
  public static InputRow row(Place place, Columns columns, List<@Nullable Object> values) {
    Object text = values.get(columns.all().indexOf(columns.text()));
    if (text == null) {
      return new InputRow.Rejected(
          place, "expected a text under '" + columns.text() + "', found NULL");
    }
    List<JsonNode> kept = new ArrayList<>();
    long size = text.toString().length();
    for (String name : columns.keep()) {
      JsonNode node = node(values.get(columns.all().indexOf(name)));
      size += node.isString() ? node.asString().length() : 0;
      kept.add(node);
    }
    return size > columns.longest()
        ? new InputRow.Rejected(
            place, "expected at most " + columns.longest() + " characters, found more")
        : new InputRow.Text(place, text.toString(), kept);
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      return NODES.numberNode(((Number) value).longValue());
    }
    if (value instanceof BigInteger whole) {
      return NODES.numberNode(whole);
    }
    if (value instanceof BigDecimal decimal) {
      return NODES.numberNode(decimal);
    }
    return value instanceof Double number && Double.isFinite(number)
        ? NODES.numberNode((double) number)
        : NODES.stringNode(value.toString());
  }
}
