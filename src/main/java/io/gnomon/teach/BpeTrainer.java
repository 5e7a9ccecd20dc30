package io.gnomon.teach;

import io.gnomon.config.InputException;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learns a byte-level BPE vocabulary from texts (Sennrich et al. 2016, in the form of GPT-2): the
 * most frequent pair of neighbours becomes an entry, again and again. The same texts, in whatever
 * order, give the same vocabulary: ties go to the pair with the smaller ids.
 */
public final class BpeTrainer {
  /** A pair that occurs once is no regularity. */
  private static final long LEAST = 2;

  private final TokenizerConfig config;
  private final PreTokens preTokens;
  private final Map<String, Count> counts = new HashMap<>();

  private static final class Count {
    long value;
  }

  private record Word(String piece, long frequency) {}

  public BpeTrainer(TokenizerConfig config) {
    this.config = config;
    this.preTokens = new PreTokens(config.lowercase());
  }

  /** Counts the words of {@code text}. */
  public void add(String text) {
    preTokens.split(text, piece -> counts.computeIfAbsent(piece, unseen -> new Count()).value++);
  }

  /**
   * Learns the vocabulary of the texts added so far, of at most {@code config.vocabulary} entries.
   *
   * @param whole words, each with its leading space where it has one in use (" positive"), that
   *     must be one entry; of a word that the pattern cuts (" Sci/Tech") each piece is one. Those
   *     that the texts do not make whole get merges behind the learned ones.
   * @throws InputException when these words alone overrun the vocabulary
   */
  public BpeVocabulary train(Collection<String> whole) {
    List<BpeVocabulary.Merge> learned = learn().merges();
    List<String> pieces = whole.stream().flatMap(word -> preTokens.split(word).stream()).toList();
    int kept = learned.size();
    while (kept >= 0) {
      BpeVocabulary vocabulary = prefix(learned, kept);
      pieces.forEach(piece -> makeWhole(vocabulary, piece));
      if (vocabulary.size() <= config.vocabulary()) {
        return vocabulary;
      }
      kept -= vocabulary.size() - config.vocabulary();
    }
    throw new InputException(
        "tokenizer.vocabulary: %d entries do not hold the bytes and the %d words that must be whole;"
                .formatted(config.vocabulary(), whole.size())
            + " raise it");
  }

  private BpeVocabulary learn() {
    BpeVocabulary vocabulary = new BpeVocabulary(config.lowercase());
    PairCounts pairs = table();
    while (vocabulary.size() < config.vocabulary()) {
      int @Nullable [] pair = pairs.mostFrequent(LEAST);
      if (pair == null) {
        break;
      }
      BpeVocabulary.Merge merge = vocabulary.merge(pair[0], pair[1]);
      pairs.merge(merge.left(), merge.right(), merge.result());
    }
    return vocabulary;
  }

  /** In the order of the words themselves, not of the texts or the hash table. */
  private PairCounts table() {
    List<Word> words = new ArrayList<>();
    counts.forEach((piece, count) -> words.add(new Word(piece, count.value)));
    words.sort(Comparator.comparing(Word::piece));
    return new PairCounts(
        words.stream().map(word -> BpeVocabulary.symbols(word.piece)).toArray(int[][]::new),
        words.stream().mapToLong(Word::frequency).toArray());
  }

  private BpeVocabulary prefix(List<BpeVocabulary.Merge> learned, int count) {
    BpeVocabulary vocabulary = new BpeVocabulary(config.lowercase());
    learned.subList(0, count).forEach(merge -> vocabulary.merge(merge.left(), merge.right()));
    return vocabulary;
  }

  /**
   * Joins the first two symbols until one is left. A merge of the last rank acts only where no
   * other can, so it changes nothing that was whole before.
   */
  private static void makeWhole(BpeVocabulary vocabulary, String piece) {
    int[] symbols = vocabulary.encodePiece(piece);
    while (symbols.length > 1) {
      vocabulary.merge(symbols[0], symbols[1]);
      symbols = vocabulary.encodePiece(piece);
    }
  }
}
