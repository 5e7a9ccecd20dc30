package io.gnomon.teacher;

import io.gnomon.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
  private final List<int[]> merges = new ArrayList<>();

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
    vocabulary.readMerges(root.path("model").path("merges"));
    return vocabulary;
  }

  /** Each as a text of two entries, or as a list of them; see {@link #merges}. */
  private void readMerges(JsonNode list) {
    Map<String, Integer> ids = new HashMap<>();
    byId.forEach((id, entry) -> ids.put(entry, id.intValue()));
    Set<Integer> made = new HashSet<>();
    for (JsonNode merge : list) {
      String[] parts =
          merge.isArray()
              ? new String[] {merge.path(0).asString(""), merge.path(1).asString("")}
              : merge.asString("").split(" ", 2);
      Integer left = ids.get(parts[0]);
      Integer right = ids.get(parts[parts.length - 1]);
      Integer result = ids.get(String.join("", parts));
      if (left != null && right != null && result != null && made.add(result)) {
        merges.add(new int[] {left, right, result});
      }
    }
  }

  /**
   * Left part, right part and result of each merge, in order; of several that give one result only
   * the first. Empty when the tokenizer has none.
   */
  public List<int[]> merges() {
    return List.copyOf(merges);
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
