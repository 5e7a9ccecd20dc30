package io.gnomon.student;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a JSON file, each missing or wrong one an {@link InputException}.
 *
 * @param file where they stand
 */
record JsonFields(Path file, JsonNode root) {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Reads {@code file}. */
  static JsonFields read(Path file) {
    try {
      JsonNode root = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
      if (!root.isObject()) {
        throw new InputException(file + ": expected a JSON object; give the file as it was saved");
      }
      return new JsonFields(file, root);
    } catch (IOException e) {
      throw new InputException(
          file + ": expected a readable file, found none; check the folder given", e);
    } catch (JacksonException e) {
      throw new InputException(
          file + ": expected JSON, found " + e.getOriginalMessage() + "; copy the file anew", e);
    }
  }

  /** The field {@code key}, or null when it is absent or null. */
  @Nullable JsonNode optional(String key) {
    JsonNode node = root.get(key);
    return node == null || node.isNull() ? null : node;
  }

  JsonNode required(String key) {
    JsonNode node = optional(key);
    if (node == null) {
      throw wrong(key, "a value", "none");
    }
    return node;
  }

  String text(String key) {
    JsonNode node = required(key);
    if (!node.isString()) {
      throw wrong(key, "a text", node.toString());
    }
    return node.asString();
  }

  /** A whole number of at least 1. */
  int count(String key) {
    JsonNode node = required(key);
    if (!node.isInt() || node.asInt() < 1) {
      throw wrong(key, "a whole number of at least 1", node.toString());
    }
    return node.asInt();
  }

  @Nullable Integer optionalInteger(String key) {
    JsonNode node = optional(key);
    return node == null || !node.isInt() ? null : node.asInt();
  }

  double number(String key) {
    JsonNode node = required(key);
    if (!node.isNumber()) {
      throw wrong(key, "a number", node.toString());
    }
    return node.asDouble();
  }

  private InputException wrong(String key, String expected, String found) {
    return new InputException(
        "%s: %s: expected %s, found %s; mend the file or take another"
            .formatted(file, key, expected, found));
  }
}
