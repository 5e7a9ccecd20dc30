package io.gnomon.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A byte-pair tokenizer's entries and merges (Sennrich et al. 2016): how a piece of text is put
 * together, merge by merge.
 */
final class BytePairs {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Merge> merges = new ArrayList<>();
  private final Map<String, Integer> ranks = new HashMap<>();
  private final boolean byteFallback;

  /** Two neighbours that become one. */
  record Merge(String left, String right, String result) {}

  /**
   * @param model the {@code model} of a tokenizer.json of type BPE
   */
  BytePairs(JsonNode model) {
    model.path("vocab").properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    for (JsonNode merge : model.path("merges")) {
      Merge read = read(merge);
      // Of a merge that is listed twice, the first counts.
      ranks.putIfAbsent(key(read.left, read.right), merges.size());
      merges.add(read);
    }
    this.byteFallback = model.path("byte_fallback").asBoolean(false);
  }

  /** Each as a text of two entries, or as a list of them. */
  private static Merge read(JsonNode merge) {
    String left;
    String right;
    if (merge.isArray()) {
      left = merge.path(0).asString("");
      right = merge.path(1).asString("");
    } else {
      String text = merge.asString("");
      int blank = text.indexOf(' ', 1);
      left = text.substring(0, Math.max(0, blank));
      right = text.substring(blank + 1);
    }
    return new Merge(left, right, left + right);
  }

  /** All merges, the first learned first. */
  List<Merge> merges() {
    return merges;
  }

  /** The id of an entry, or null. */
  @Nullable Integer id(String entry) {
    return ids.get(entry);
  }

  /** All entries by name. */
  Map<String, Integer> ids() {
    return ids;
  }

  /** Whether an entry stands for a single letter or byte, which no merge makes. */
  static boolean isBase(String entry) {
    return entry.codePointCount(0, entry.length()) <= 1 || entry.matches("<0x[0-9A-F]{2}>");
  }

  /** Whether letters without an entry are written as bytes. */
  boolean byteFallback() {
    return byteFallback;
  }

  /**
   * The entries that {@code word} falls apart into, and all that are made on the way.
   *
   * @param allowed which merges, by number, there are
   * @param made hears of each result
   */
  List<String> pieces(String word, IntPredicate allowed, List<String> made) {
    List<String> pieces = letters(word);
    while (true) {
      int best = -1;
      int rank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < pieces.size(); i++) {
        Integer here = ranks.get(key(pieces.get(i), pieces.get(i + 1)));
        if (here != null && here < rank && allowed.test(here)) {
          best = i;
          rank = here;
        }
      }
      if (best < 0) {
        return pieces;
      }
      String joined = pieces.get(best) + pieces.remove(best + 1);
      pieces.set(best, joined);
      made.add(joined);
    }
  }

  private List<String> letters(String word) {
    List<String> letters = new ArrayList<>();
    word.codePoints().mapToObj(Character::toString).forEach(letter -> add(letter, letters));
    return letters;
  }

  private void add(String letter, List<String> letters) {
    if (ids.containsKey(letter) || !byteFallback) {
      letters.add(letter);
      return;
    }
    for (byte value : letter.getBytes(StandardCharsets.UTF_8)) {
      letters.add(String.format(Locale.ROOT, "<0x%02X>", value));
    }
  }

  private static String key(String left, String right) {
    return left + "\0" + right;
  }
}
