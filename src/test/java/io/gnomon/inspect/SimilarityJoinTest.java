package io.gnomon.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityJoinTest {
  private static final int TEXTS = 211;

  /** Texts of few words, some of them changed copies of others. */
  private static List<String> texts() {
    SplittableRandom random = Seeds.random(5, "texts", 0);
    List<String> texts = new ArrayList<>();
    while (texts.size() < TEXTS) {
      boolean copy = texts.size() > 7 && random.nextInt(3) > 0;
      String text =
          copy
              ? changed(texts.get(random.nextInt(texts.size())), random)
              : random
                  .ints(1 + random.nextInt(13), 0, 17)
                  .mapToObj(word -> "word" + word)
                  .collect(Collectors.joining(" "));
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static String changed(String text, SplittableRandom random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at + 1);
  }

  private static double bruteForce(String a, String b, int length) {
    Set<String> one = shingles(a, length);
    Set<String> two = shingles(b, length);
    Set<String> both = new HashSet<>(one);
    both.retainAll(two);
    return (double) both.size() / (one.size() + two.size() - both.size());
  }

  private static Set<String> shingles(String text, int length) {
    return text.length() <= length
        ? Set.of(text)
        : IntStream.rangeClosed(0, text.length() - length)
            .mapToObj(i -> text.substring(i, i + length))
            .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.8, 1})
  void findsWhatBruteForceFinds(double least) {
    List<String> texts = texts();
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < TEXTS; i++) {
      for (int j = 0; j < i; j++) {
        double similarity = bruteForce(texts.get(i), texts.get(j), 3);
        if (similarity >= least) {
          expected.add("%d %d %.9f".formatted(j, i, similarity));
        }
      }
    }
    TreeSet<String> found = new TreeSet<>();
    SimilarityJoin.run(
        Shingles.byRarity(texts, 3),
        least,
        new SimilarityJoin.Pairs() {
          @Override
          public boolean wanted(int first, int second) {
            return true;
          }

          @Override
          public void found(int first, int second, double similarity) {
            String pair =
                "%d %d %.9f"
                    .formatted(Math.min(first, second), Math.max(first, second), similarity);
            assertTrue(found.add(pair), () -> "twice: " + pair);
          }
        });
    assertEquals(expected, found);
    assertTrue(least == 1 || expected.size() > 30, "too few pairs to tell: " + expected.size());
  }

  /** "abcd" and "bcde" in pairs of letters: bc and cd of ab, bc, cd, de. */
  @Test
  void jaccardByHand() {
    int[][] sets = Shingles.byRarity(List.of("abcd", "bcde"), 2);
    assertEquals(0.5, SimilarityJoin.jaccard(sets[0], sets[1]));
  }

  @Test
  void comparesTextsButForCaseAndWhiteSpace() {
    assertEquals("a fine ﬁlm".replace("ﬁ", "fi"), Shingles.normal("  A\tFINE\n ﬁlm "));
  }

  @Test
  void manyKeysKeepTheirNumbers() {
    LongIds ids = new LongIds();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 5003; i++) {
        assertEquals(i, ids.of(Seeds.derive(1, "key", i)));
      }
    }
    assertEquals(5003, ids.size());
  }
}
