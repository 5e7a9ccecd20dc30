package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vocabulary in the order its training found it, read from {@code tokenizer.json}: merged
 * tokens by id, which byte-pair training hands out in merge order, then the single bytes and
 * letters it began with. Special tokens, and rows of the embedding table that no entry names, are
 * left out.
 */
public final class TokenRanks {
  /** Byte fall-backs as Llama's tokenizers write them. */
  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  private TokenRanks() {}

  /**
   * Ids of the ordinary tokens by rank.
   *
   * @param folder holds tokenizer.json
   * @param rows rows of the embedding table; ids beyond are left out
   * @throws InputException when the file cannot be read
   */
  public static int[] read(Path folder, int rows) {
    Path file = folder.resolve("tokenizer.json");
    try {
      return ranks(JsonMapper.shared().readTree(Files.readString(file)), rows);
    } catch (JacksonException | IOException e) {
      throw new InputException(
          file + ": expected a Hugging Face tokenizer, found " + e.getMessage(), e);
    }
  }

  private static int[] ranks(JsonNode root, int rows) {
    Map<Integer, String> entries = entries(root.path("model").path("vocab"));
    Set<Integer> special = new HashSet<>();
    for (JsonNode added : root.path("added_tokens")) {
      if (added.path("special").asBoolean(false)) {
        special.add(added.path("id").asInt());
      }
    }
    IntStream ordinary =
        IntStream.range(0, rows).filter(id -> entries.containsKey(id) && !special.contains(id));
    int[] ids = ordinary.toArray();
    return Stream.of(false, true)
        .flatMapToInt(
            base -> IntStream.of(ids).filter(id -> isBase(entries.getOrDefault(id, "")) == base))
        .toArray();
  }

  /** BPE keeps an object of token → id, Unigram a list of [token, score]. */
  private static Map<Integer, String> entries(JsonNode vocabulary) {
    Map<Integer, String> entries = new HashMap<>();
    if (vocabulary.isObject()) {
      vocabulary.properties().forEach(e -> entries.put(e.getValue().asInt(), e.getKey()));
    }
    for (int id = 0; vocabulary.isArray() && id < vocabulary.size(); id++) {
      entries.put(id, vocabulary.get(id).path(0).asString(""));
    }
    return entries;
  }

  private static boolean isBase(String token) {
    return token.codePointCount(0, token.length()) <= 1 || BYTE.matcher(token).matches();
  }
}
