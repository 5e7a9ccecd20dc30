package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Entries of {@code tokenizer.json} by id, as the file writes them: decoding loses blanks. */
final class Vocabulary {
  private final Map<Long, String> byId = new HashMap<>();

  private Vocabulary() {}

  /** Reads the entries of the model and those added to it. */
  static Vocabulary read(Path file) {
    try {
      return of(JsonMapper.shared().readTree(Files.readString(file)));
    } catch (IOException | JacksonException e) {
      throw new InputException(
          file
              + ": expected a Hugging Face tokenizer, found "
              + e.getMessage()
              + "; fetch it again",
          e);
    }
  }

  private static Vocabulary of(JsonNode root) {
    Vocabulary vocabulary = new Vocabulary();
    JsonNode entries = root.path("model").path("vocab");
    // Unigram models list [entry, score] by id; the others map entry to id.
    for (int id = 0; entries.isArray() && id < entries.size(); id++) {
      vocabulary.byId.put((long) id, entries.path(id).path(0).asString(""));
    }
    entries
        .properties()
        .forEach(entry -> vocabulary.byId.put(entry.getValue().asLong(), entry.getKey()));
    for (JsonNode added : root.path("added_tokens")) {
      vocabulary.byId.put(added.path("id").asLong(), added.path("content").asString(""));
    }
    return vocabulary;
  }

  /** The entry of {@code id}, or null. */
  @Nullable String entry(long id) {
    return byId.get(id);
  }
}
