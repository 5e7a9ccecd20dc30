package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.config.InputException;
import io.gnomon.config.TeachConfig.TokenizerConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
  /**
   * By hand. Words: "low" 3, " low" 2, " lot" 2, "lot" 1. Pairs: (l,o) 8, (o,w) 5, (Ġ,l) 4, (o,t)
   * 3. After "lo": (lo,w) 5, (Ġ,lo) 4, (lo,t) 3. After "low": (lo,t) 3, (Ġ,low) 2, (Ġ,lo) 2. After
   * "lot": (Ġ,low) 2, (Ġ,lot) 2, and "low" has the smaller id.
   */
  @Test
  void mergesByHand() {
    BpeTrainer trainer = new BpeTrainer(new TokenizerConfig(BpeVocabulary.BASE + 5, true));
    List.of("LOW low", "low low", "low lot", "!lot", "? lot").forEach(trainer::add);
    BpeVocabulary vocabulary = trainer.train(List.of());
    assertEquals(
        List.of("lo", "low", "lot", "Ġlow", "Ġlot"),
        vocabulary.entries().subList(BpeVocabulary.BASE, vocabulary.size()));
  }

  @Test
  void idsStartWithSpecialTokensAndBytes() {
    BpeVocabulary vocabulary = new BpeVocabulary(false);
    assertEquals(List.of("<s>", "</s>", "<pad>", "Ā"), vocabulary.entries().subList(0, 4));
    assertArrayEquals(new int[] {3 + 'A', 3 + ' ', 3 + 0xc3, 3 + 0xa9}, vocabulary.encode("A é"));
    assertEquals(259, new HashSet<>(vocabulary.entries()).size());
  }

  @Test
  void sameTextsInAnyOrderSameMerges() {
    List<String> texts = new ArrayList<>(randomTexts(400));
    BpeVocabulary first = train(texts, 500, List.of());
    Collections.shuffle(texts, new Random(5));
    BpeVocabulary second = train(texts, 500, List.of());
    assertEquals(first.merges(), second.merges());
    assertEquals(500, first.size());
  }

  /** Against counting everything anew before each merge. */
  @Test
  void incrementalCountsAgreeWithPlainOnes() {
    List<String> texts = randomTexts(60);
    BpeVocabulary vocabulary = train(texts, 400, List.of());
    assertEquals(plain(texts, vocabulary.merges().size()), vocabulary.merges());
    assertTrue(vocabulary.merges().size() > 100, "too few merges to tell anything");
  }

  @Test
  void givenWordsAreOneEntryWithinTheBudget() {
    List<String> whole = List.of(" Positive", " negative", " xylophone", " Sci/Tech", " a", "Übel");
    BpeVocabulary vocabulary = train(randomTexts(200), 320, whole);
    assertTrue(vocabulary.size() <= 320, "size " + vocabulary.size());
    for (String word : whole) {
      int pieces = word.contains("/") ? 3 : 1;
      assertEquals(pieces, vocabulary.encode(word).length, word);
    }
    assertEquals("Ġpositive", vocabulary.entries().get(vocabulary.encode(" positive")[0]));
    assertEquals(2, vocabulary.encode(" positive negative").length);
  }

  @Test
  void wordsThatDoNotFitAreRefused() {
    InputException thrown =
        assertThrows(
            InputException.class, () -> train(List.of("a"), 262, List.of(" positive", " bad")));
    assertEquals(
        "tokenizer.vocabulary: 262 entries do not hold the bytes and the 2 words that must be"
            + " whole; raise it",
        thrown.getMessage());
  }

  private static BpeVocabulary train(List<String> texts, int size, List<String> whole) {
    BpeTrainer trainer = new BpeTrainer(new TokenizerConfig(size, true));
    texts.forEach(trainer::add);
    return trainer.train(whole);
  }

  /** Words over five letters, so that pairs repeat, overlap ("aaa") and spell one entry twice. */
  static List<String> randomTexts(int count) {
    Random random = new Random(11);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 31; j++) {
        text.append("aaabcde ".charAt(random.nextInt(8)));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static List<BpeVocabulary.Merge> plain(List<String> texts, int merges) {
    BpeVocabulary vocabulary = new BpeVocabulary(true);
    List<int[]> words = new ArrayList<>();
    for (String text : texts) {
      new PreTokens(true).split(text, piece -> words.add(BpeVocabulary.symbols(piece)));
    }
    while (vocabulary.merges().size() < merges) {
      long best = mostFrequent(words);
      BpeVocabulary.Merge merge = vocabulary.merge((int) (best >>> 32), (int) best);
      words.replaceAll(word -> replaced(word, merge));
    }
    return vocabulary.merges();
  }

  private static long mostFrequent(List<int[]> words) {
    Map<Long, Integer> counts = new HashMap<>();
    for (int[] word : words) {
      for (int i = 0; i + 1 < word.length; i++) {
        counts.merge(BpeVocabulary.pair(word[i], word[i + 1]), 1, Integer::sum);
      }
    }
    int most = Collections.max(counts.values());
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElseThrow();
  }

  private static int[] replaced(int[] word, BpeVocabulary.Merge merge) {
    List<Integer> symbols = new ArrayList<>();
    for (int i = 0; i < word.length; i++) {
      boolean pair = i + 1 < word.length && word[i] == merge.left() && word[i + 1] == merge.right();
      symbols.add(pair ? merge.result() : word[i]);
      i += pair ? 1 : 0;
    }
    return symbols.stream().mapToInt(Integer::intValue).toArray();
  }
}
