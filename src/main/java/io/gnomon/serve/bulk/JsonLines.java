package io.gnomon.serve.bulk;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Lines that are JSON objects.
 *
 * @param columns keys of the text and of what is carried along
 */
record JsonLines(Columns columns) implements RowParser {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public InputRow parse(Place place, String row) {
    try {
      return parse(place, JSON.readTree(row));
    } catch (JacksonException e) {
      return new InputRow.Rejected(
          place, "expected one JSON object, found: " + said(e.getOriginalMessage()));
    }
  }

  private static String said(String message) {
    return message.lines().findFirst().orElse("none");
  }

  private InputRow parse(Place place, JsonNode object) {
    if (!object.isObject()) {
      return new InputRow.Rejected(
          place, "expected one JSON object, found " + object.getNodeType().name());
    }
    JsonNode text = object.path(columns.text());
    if (!text.isString()) {
      String found = text.isMissingNode() ? "none" : text.getNodeType().name();
      return new InputRow.Rejected(
          place, "expected a text under '" + columns.text() + "', found " + found);
    }
    List<JsonNode> kept = columns.keep().stream().map(name -> member(object, name)).toList();
    return new InputRow.Text(place, text.asString(), kept);
  }

  private static JsonNode member(JsonNode object, String name) {
    JsonNode member = object.path(name);
    return member.isMissingNode() ? JsonNodeFactory.instance.nullNode() : member;
  }

  @Override
  public boolean skipsEmpty() {
    return true;
  }
}
