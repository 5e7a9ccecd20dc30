package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Entries of {@code tokenizer.json} by id, as the file writes them: decoding loses blanks. */
public final class Vocabulary {
  /** Byte fall-backs as Llama's tokenizers write them. */
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  private final Map<Long, String> byId = new HashMap<>();
  private final Set<Long> special = new HashSet<>();

  private Vocabulary() {}

  /**
   * Reads the entries of the model and those added to it.
   *
   * @throws InputException when the file cannot be read
   */
  public static Vocabulary read(Path file) {
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
      if (added.path("special").asBoolean(false)) {
        vocabulary.special.add(added.path("id").asLong());
      }
    }
    return vocabulary;
  }

  /** The entry of {@code id}, or null. */
  @Nullable String entry(long id) {
    return byId.get(id);
  }

  /**
   * Ids of the ordinary tokens in the order training found them: merged tokens by id, which
   * byte-pair training hands out in merge order, then the single bytes and letters it began with.
   * Special tokens, and rows of the embedding table that no entry names, are left out.
   *
   * @param rows rows of the embedding table; ids beyond are left out
   */
  public int[] ranks(int rows) {
    int[] ordinary =
        IntStream.range(0, rows)
            .filter(id -> byId.containsKey((long) id) && !special.contains((long) id))
            .toArray();
    return Stream.of(false, true)
        .flatMapToInt(base -> IntStream.of(ordinary).filter(id -> isBase(id) == base))
        .toArray();
  }

  /** Ids of the special tokens, which are no text. */
  public Set<Long> special() {
    return Collections.unmodifiableSet(special);
  }

  private boolean isBase(int id) {
    String token = byId.getOrDefault((long) id, "");
    return token.codePointCount(0, token.length()) <= 1 || BYTE.matcher(token).matches();
  }
}
