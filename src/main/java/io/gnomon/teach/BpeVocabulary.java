package io.gnomon.teach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A byte-level BPE vocabulary: special tokens, the 256 bytes (id 3 + byte), then what the merges
 * make, in the order they were learned. Earlier merges go first when a text is encoded.
 */
public final class BpeVocabulary {
  /** Start of text, end of text and padding, in the order of their ids. */
  public static final List<String> SPECIAL = List.of("<s>", "</s>", "<pad>");

  /** The entries every vocabulary has. */
  static final int BASE = SPECIAL.size() + ByteAlphabet.SIZE;

  /** A pair of entries that becomes one: {@code entry(result) = entry(left) + entry(right)}. */
  record Merge(int left, int right, int result) {}

  private final PreTokens preTokens;
  private final List<String> entries = new ArrayList<>(SPECIAL);
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Merge> merges = new ArrayList<>();
  private final Map<Long, Integer> ranks = new HashMap<>();

  BpeVocabulary(boolean lowercase) {
    preTokens = new PreTokens(lowercase);
    for (int value = 0; value < ByteAlphabet.SIZE; value++) {
      entries.add(String.valueOf(ByteAlphabet.letter(value)));
    }
    for (int id = 0; id < entries.size(); id++) {
      ids.put(entries.get(id), id);
    }
  }

  /** All entries by id, in the letters of the byte alphabet. */
  public List<String> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** How many entries there are, special tokens included. */
  public int size() {
    return entries.size();
  }

  /** Whether text is lower-cased before it is encoded. */
  public boolean lowercase() {
    return preTokens.lowercase();
  }

  List<Merge> merges() {
    return Collections.unmodifiableList(merges);
  }

  /**
   * The merge of this pair, put behind all others when it is new. It makes a new entry, unless
   * another pair spelled it already: then both pairs give the one entry.
   */
  Merge merge(int left, int right) {
    Integer rank = ranks.putIfAbsent(pair(left, right), merges.size());
    if (rank != null) {
      return merges.get(rank);
    }
    String joined = entries.get(left) + entries.get(right);
    int result = ids.computeIfAbsent(joined, unseen -> entries.size());
    if (result == entries.size()) {
      entries.add(joined);
    }
    merges.add(new Merge(left, right, result));
    return merges.get(merges.size() - 1);
  }

  /** The ids of {@code text}; no special token is added. */
  public int[] encode(String text) {
    List<int[]> pieces = preTokens.split(text).stream().map(this::encodePiece).toList();
    return pieces.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Merges what has the lowest rank, leftmost first, until nothing merges. */
  int[] encodePiece(String piece) {
    int[] symbols = symbols(piece);
    int length = symbols.length;
    for (int at = next(symbols, length); at >= 0; at = next(symbols, length)) {
      symbols[at] = merges.get(rank(symbols, at)).result();
      System.arraycopy(symbols, at + 2, symbols, at + 1, length - at - 2);
      length--;
    }
    return Arrays.copyOf(symbols, length);
  }

  static int[] symbols(String piece) {
    return Arrays.stream(ByteAlphabet.bytes(piece)).map(value -> SPECIAL.size() + value).toArray();
  }

  private int next(int[] symbols, int length) {
    int best = -1;
    int lowest = Integer.MAX_VALUE;
    for (int at = 0; at + 1 < length; at++) {
      int rank = rank(symbols, at);
      if (rank < lowest) {
        lowest = rank;
        best = at;
      }
    }
    return best;
  }

  private int rank(int[] symbols, int at) {
    return ranks.getOrDefault(pair(symbols[at], symbols[at + 1]), Integer.MAX_VALUE);
  }

  static long pair(int left, int right) {
    return (long) left << 32 | right;
  }
}
