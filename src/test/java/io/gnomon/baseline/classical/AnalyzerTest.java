package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnalyzerTest {
  private static final WordNGrams WORDS = new WordNGrams(1);

  @Test
  void aWordIsTwoLettersOrMore() {
    assertArrayEquals(
        words("don", "like", "90s", "snake_case"), WORDS.terms("Don't I like 90s, a snake_case?"));
    assertEquals(0, WORDS.terms(" . a - ").length);
    assertEquals(0, WORDS.terms("").length);
  }

  @Test
  void caseAndAccentsAreFolded() {
    assertArrayEquals(words("uber", "naive", "ile", "ff"), WORDS.terms("ÜBER naïve İle ﬀ"));
    assertArrayEquals(words("日本"), WORDS.terms("日本"));
  }

  @Test
  void pairsFollowTheOrderOfWords() {
    long[] forward = new WordNGrams(2).terms("not very good");
    assertEquals(5, forward.length); // not, very, good, not very, very good
    assertEquals(3, common(forward, new WordNGrams(2).terms("good very not")));
    assertEquals(2, common(forward, new WordNGrams(2).terms("not good")));
    assertEquals(3, common(forward, new WordNGrams(2).terms("not very")));
  }

  @Test
  void charactersStayWithinTheirWord() {
    // " ab " has the runs " ab" and "ab " of three and itself; " c " is as long as a run
    long[] terms = new CharacterNGrams(3, 5).terms("ab  C");
    assertArrayEquals(sorted(run(" ab"), run("ab "), run(" ab "), run(" c ")), sorted(terms));
  }

  @Test
  void aLongWordGivesAllItsRuns() {
    // " film " is six long: four runs of three, three of four, two of five
    assertEquals(9, new CharacterNGrams(3, 5).terms("film").length);
  }

  @Test
  void namesDependOnEveryCharacterAndItsPlace() {
    assertNotEquals(run("abc"), run("acb"));
    assertNotEquals(run("abc"), run("abd"));
    assertNotEquals(run("ab"), run("abc"));
  }

  private static long[] words(String... words) {
    return Stream.of(words).mapToLong(AnalyzerTest::run).toArray();
  }

  private static long run(String text) {
    int[] points = text.codePoints().toArray();
    return TermHash.of(points, 0, points.length);
  }

  private static long[] sorted(long... terms) {
    return Arrays.stream(terms).sorted().toArray();
  }

  private static long common(long[] a, long[] b) {
    return LongStream.of(a)
        .filter(term -> LongStream.of(b).anyMatch(other -> other == term))
        .count();
  }
}
