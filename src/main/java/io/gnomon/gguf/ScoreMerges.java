package io.gnomon.gguf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges of a SentencePiece vocabulary, which has scores alone: every way to split an entry into
 * two others, those of higher scores first, then those with the longer left part, then right. That
 * is how {@code transformers} turns such a vocabulary into byte-pair merges ({@code
 * generate_merges} in its tokenization_utils).
 */
final class ScoreMerges {
  private ScoreMerges() {}

  private record Merge(String left, String right, double score) {}

  /** The merges in their order, each as the pair of its parts. */
  static List<List<String>> of(List<String> tokens, List<Double> scores) {
    Set<String> entries = new HashSet<>(tokens);
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      addSplits(tokens.get(id), scores.get(id), entries, merges);
    }
    merges.sort(
        Comparator.comparingDouble(Merge::score)
            .thenComparingInt(merge -> length(merge.left()))
            .thenComparingInt(merge -> length(merge.right()))
            .reversed());
    return merges.stream().map(merge -> List.of(merge.left(), merge.right())).toList();
  }

  private static void addSplits(
      String token, double score, Set<String> entries, List<Merge> merges) {
    for (int at = 0; at < token.length(); at = token.offsetByCodePoints(at, 1)) {
      String left = token.substring(0, at);
      String right = token.substring(at);
      if (at > 0 && entries.contains(left) && entries.contains(right)) {
        merges.add(new Merge(left, right, score));
      }
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
