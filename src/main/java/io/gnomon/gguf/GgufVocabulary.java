package io.gnomon.gguf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tokenizer.ggml.*} keys of a GGUF file.
 *
 * @param metadata all keys
 * @param tokens entries by id
 * @param kinds what each entry is, by id
 */
record GgufVocabulary(GgufMetadata metadata, List<String> tokens, List<Kind> kinds) {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final String TOKENS = PREFIX + "tokens";

  /** Kinds of entries in the order of their numbers in files, from 1 on. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE;

    /** Whether decoding leaves it out. */
    boolean special() {
      return this == UNKNOWN || this == CONTROL;
    }
  }

  GgufVocabulary {
    tokens = List.copyOf(tokens);
    kinds = List.copyOf(kinds);
  }

  /**
   * The vocabulary of a model with {@code rows} embeddings.
   *
   * @throws io.gnomon.config.InputException when it is missing or damaged
   */
  static GgufVocabulary of(GgufMetadata metadata, int rows) {
    List<String> tokens = metadata.texts(TOKENS);
    if (tokens.isEmpty() || tokens.size() > rows) {
      throw metadata.wrong(
          TOKENS, "1 to " + rows + " entries, one a row", Integer.toString(tokens.size()));
    }
    return new GgufVocabulary(metadata, tokens, kinds(metadata, tokens.size()));
  }

  private static List<Kind> kinds(GgufMetadata metadata, int count) {
    String key = PREFIX + "token_type";
    if (!metadata.has(key)) {
      return Collections.nCopies(count, Kind.NORMAL);
    }
    List<Kind> kinds =
        metadata.wholes(key).stream().map(number -> kind(metadata, key, number)).toList();
    requireCount(metadata, key, kinds.size(), count);
    return kinds;
  }

  private static Kind kind(GgufMetadata metadata, String key, int number) {
    if (number < 1 || number > Kind.values().length) {
      throw metadata.wrong(key, "numbers from 1 to 6", number + " in it");
    }
    return Kind.values()[number - 1];
  }

  private static void requireCount(GgufMetadata metadata, String key, int found, int expected) {
    if (found != expected) {
      throw metadata.wrong(key, "one for each of " + expected + " tokens", "" + found);
    }
  }

  /** llama (SentencePiece) or gpt2 (byte-level merges). */
  String model() {
    return metadata.text(PREFIX + "model");
  }

  /** The rule that cuts texts before merging, empty where none is named. */
  String preTokenizer() {
    return metadata.text(PREFIX + "pre", "");
  }

  /** The entries' scores, by id. */
  List<Double> scores() {
    List<Double> scores = metadata.numbers(PREFIX + "scores");
    requireCount(metadata, PREFIX + "scores", scores.size(), tokens.size());
    return scores;
  }

  /** The merges given, "left right" each. */
  List<String> merges() {
    return metadata.texts(PREFIX + "merges");
  }

  /** Whether merges are given. */
  boolean hasMerges() {
    return metadata.has(PREFIX + "merges");
  }

  /** A yes or no under {@code tokenizer.ggml.}. */
  boolean flag(String name, boolean fallback) {
    return metadata.flag(PREFIX + name, fallback);
  }

  /**
   * The entry that the key {@code tokenizer.ggml.NAME_token_id} chooses; null where there is none.
   */
  @Nullable String token(String name) {
    String key = PREFIX + name + "_token_id";
    Integer id = metadata.index(key);
    if (id == null) {
      return null;
    }
    if (id >= tokens.size()) {
      throw metadata.wrong(key, "an id below " + tokens.size(), id.toString());
    }
    return tokens.get(id);
  }

  /** Ids by entry. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String token : tokens) {
      Integer before = ids.put(token, ids.size());
      if (before != null) {
        throw metadata.wrong(TOKENS, "each entry once", "'" + token + "' twice");
      }
    }
    return Collections.unmodifiableMap(ids);
  }
}
