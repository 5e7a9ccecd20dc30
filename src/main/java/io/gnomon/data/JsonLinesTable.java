package io.gnomon.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gnomon.config.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of a table with one JSON object a line; blank lines are skipped. */
final class JsonLinesTable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private JsonLinesTable() {}

  static List<Row> read(TableFile file, String text, String label) {
    return each(file, (where, object) -> row(where, object, text, label));
  }

  /** What {@code made} makes of the object of each line and its {@code file:line}. */
  static <T> List<T> each(TableFile file, BiFunction<String, JsonNode, T> made) {
    List<T> rows = new ArrayList<>();
    try (InputStream in = file.open();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8.newDecoder()))) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          String where = file.where(number);
          rows.add(made.apply(where, object(where, line)));
        }
      }
    } catch (CharacterCodingException e) {
      throw Problems.damaged(file.path(), "UTF-8 text", e, "save it as UTF-8");
    } catch (IOException e) {
      throw Problems.unreadable(file.path(), e);
    }
    return rows;
  }

  private static Row row(String where, JsonNode object, String text, String label) {
    JsonNode textNode = member(where, object, text);
    if (!textNode.isString()) {
      throw Problems.badRow(where, "a text under '" + text + "'", "" + textNode.getNodeType());
    }
    return TableReader.row(
        where, textNode.stringValue(), labels(where, member(where, object, label)));
  }

  private static JsonNode object(String where, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw Problems.badRow(where, "a JSON object", "" + node.getNodeType());
    } catch (JacksonException e) {
      throw new InputException(
          where
              + ": expected one JSON object on the line, found: "
              + e.getOriginalMessage()
              + "; mend or drop the line",
          e);
    }
  }

  private static JsonNode member(String where, JsonNode object, String name) {
    JsonNode member = object.get(name);
    if (member == null) {
      throw TableReader.unknownColumn(where, name, List.copyOf(object.propertyNames()));
    }
    return member;
  }

  private static List<String> labels(String where, JsonNode node) {
    List<String> labels = new ArrayList<>();
    for (JsonNode element : node.isArray() ? node : List.of(node)) {
      if (!element.isValueNode() || element.isNull()) {
        throw Problems.badRow(where, "a label or a list of labels", "" + element.getNodeType());
      }
      labels.add(element.asString());
    }
    return labels;
  }
}
