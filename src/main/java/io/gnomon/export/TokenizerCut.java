package io.gnomon.export;

import io.gnomon.config.InputException;
import io.gnomon.export.BytePairs.Merge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A byte-pair tokenizer with fewer tokens. A token that is cut falls apart into those that it was
 * merged from, down to single letters and bytes, which are all kept: so no text becomes unknown,
 * and a text of kept tokens is tokenized as before.
 *
 * <p>Ids stay as they were. Who feeds the student ids of the whole tokenizer gets, for one that was
 * cut, the row of the first piece that it falls apart into.
 */
final class TokenizerCut {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String MERGES = "merges";
  private static final String VOCAB = "vocab";

  private final JsonNode root;
  private final BytePairs pairs;
  private final int tokens;
  private final TreeSet<Integer> kept = new TreeSet<>();
  private final Map<Integer, String> entries = new HashMap<>();

  /**
   * @param json content of tokenizer.json
   * @param file for messages
   * @param tokens rows of the teacher's table
   * @throws InputException when the tokenizer is not of byte pairs
   */
  TokenizerCut(String json, Path file, int tokens) {
    this.root = JSON.readTree(json);
    JsonNode model = root.path("model");
    refuseOthers(model, file);
    this.pairs = new BytePairs(model);
    this.tokens = tokens;
    pairs.ids().forEach((entry, id) -> entries.put(id, entry));
    for (JsonNode added : root.path("added_tokens")) {
      entries.put(added.path("id").asInt(), added.path("content").asString(""));
      keep(added.path("id").asInt());
    }
    pairs
        .ids()
        .forEach(
            (entry, id) -> {
              if (BytePairs.isBase(entry)) {
                keep(id);
              }
            });
    Integer unknown = pairs.id(model.path("unk_token").asString(""));
    if (unknown != null) {
      keep(unknown);
    }
  }

  private static void refuseOthers(JsonNode model, Path file) {
    String type = model.path("type").asString("BPE");
    boolean affixes =
        !model.path("continuing_subword_prefix").asString("").isEmpty()
            || !model.path("end_of_word_suffix").asString("").isEmpty();
    if (!type.equals("BPE") || affixes) {
      throw new InputException(
          "--vocabulary: expected a byte-pair tokenizer, found "
              + (type.equals("BPE") ? "one that marks parts of words" : type)
              + " in "
              + file
              + "; export the whole vocabulary");
    }
  }

  private void keep(int id) {
    if (id < tokens) {
      kept.add(id);
    }
  }

  /** Special tokens, letters and bytes: what is kept whatever is asked for. */
  int least() {
    return kept.size();
  }

  /** Keeps the results of the first merges, {@code count} tokens in all. */
  void keepFirst(int count) {
    for (Merge merge : pairs.merges()) {
      Integer id = pairs.id(merge.result());
      if (id == null || id >= tokens || kept.contains(id)) {
        continue;
      }
      Set<Integer> with = needed(id);
      if (kept.size() + with.size() > count) {
        return;
      }
      kept.addAll(with);
    }
  }

  /** Keeps these tokens, and what they are merged from. */
  void keep(Collection<Integer> ids) {
    for (int id : ids) {
      if (id < tokens && entries.containsKey(id) && !kept.contains(id)) {
        kept.addAll(needed(id));
      }
    }
  }

  /** A token and those that it is made of on the way from its letters, but for what is kept. */
  private Set<Integer> needed(int id) {
    List<String> made = new ArrayList<>();
    pairs.pieces(entries.getOrDefault(id, ""), rank -> true, made);
    Set<Integer> needed = new TreeSet<>();
    needed.add(id);
    for (String entry : made) {
      Integer part = pairs.id(entry);
      if (part != null && part < tokens) {
        needed.add(part);
      }
    }
    needed.removeAll(kept);
    return needed;
  }

  /** Which rows are kept, and which each token reads. */
  KeptRows rows() {
    int[] ids = kept.stream().mapToInt(Integer::intValue).toArray();
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int row = 0; row < ids.length; row++) {
      numbers.put(ids[row], row);
    }
    int[] rowOf = new int[tokens];
    for (int id = 0; id < tokens; id++) {
      rowOf[id] = numbers.getOrDefault(kept.contains(id) ? id : firstPiece(id), 0);
    }
    return new KeptRows(ids, rowOf);
  }

  private int firstPiece(int id) {
    String entry = entries.get(id);
    if (entry == null || entry.isEmpty()) {
      return kept.first(); // a row of the table that no text leads to
    }
    List<String> pieces = pairs.pieces(entry, this::allowed, new ArrayList<>());
    Integer first = pairs.id(pieces.get(0));
    return first == null || !kept.contains(first) ? kept.first() : first;
  }

  private boolean allowed(int rank) {
    Merge merge = pairs.merges().get(rank);
    return isKept(merge.left()) && isKept(merge.right()) && isKept(merge.result());
  }

  private boolean isKept(String entry) {
    Integer id = pairs.id(entry);
    return id != null && kept.contains(id);
  }

  /** The content of a tokenizer.json without what was cut. */
  String json() {
    ObjectNode cut = (ObjectNode) root.deepCopy();
    ObjectNode model = (ObjectNode) cut.path("model");
    ObjectNode vocab = JSON.createObjectNode();
    // By id: added tokens among them, or their ids would be counted on from the entries that are
    // left.
    for (int id : kept) {
      vocab.put(entries.getOrDefault(id, ""), id);
    }
    ArrayNode merges = JSON.createArrayNode();
    JsonNode old = model.path(MERGES);
    for (int rank = 0; rank < old.size(); rank++) {
      if (allowed(rank)) {
        merges.add(old.get(rank));
      }
    }
    model.set(VOCAB, vocab);
    model.set(MERGES, merges);
    return cut.toString();
  }
}
