package io.gnomon.gguf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks into tokenizer.json. */
final class TestJson {
  private TestJson() {}

  static JsonNode read(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The vocabulary's entries by id. */
  static List<String> entries(JsonNode tokenizer) {
    return tokenizer.path("model").path("vocab").properties().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().asInt()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The merges, "left right" each. */
  static List<String> merges(JsonNode tokenizer) {
    return StreamSupport.stream(tokenizer.path("model").path("merges").spliterator(), false)
        .map(
            merge ->
                merge.isArray()
                    ? merge.path(0).asString() + " " + merge.path(1).asString()
                    : merge.asString())
        .toList();
  }

  static boolean special(JsonNode tokenizer, String token) {
    return StreamSupport.stream(tokenizer.path("added_tokens").spliterator(), false)
        .anyMatch(
            added ->
                added.path("content").asString().equals(token)
                    && added.path("special").asBoolean());
  }
}
