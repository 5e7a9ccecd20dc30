package io.gnomon.baseline.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TermCountsTest {
  @Test
  void countsAreThoseOfAMap() {
    SplittableRandom random = new SplittableRandom(7);
    TermCounts counts = new TermCounts();
    Map<Long, Integer> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      // few distinct low bits, so that slots collide; 0 is a term like any other
      long term = random.nextLong(5_003) << 20;
      counts.add(term, 1);
      expected.merge(term, 1, Integer::sum);
    }
    assertEquals(expected.size(), counts.size());
    expected.forEach((term, count) -> assertEquals(count, counts.get(term)));
    assertEquals(0, counts.get(-1));
    Map<Long, Integer> visited = new HashMap<>();
    counts.forEach(visited::put);
    assertEquals(expected, visited);
  }

  @Test
  void theMostFrequentTermsGetColumns() {
    TermCounts frequencies = new TermCounts();
    for (int term = 1; term <= 10; term++) {
      frequencies.add(term, term / 2 + 1); // 1, 2, 2, 3, 3, 4, 4, 5, 5, 6
    }
    Vocabulary five = Vocabulary.of(frequencies, 1, 4);
    assertEquals(4, five.size());
    // 10, 9 and 8 for sure, and of the equal 7 and 6 the smaller
    assertEquals(0, five.column(6));
    assertEquals(1, five.column(8));
    assertEquals(2, five.column(9));
    assertEquals(3, five.column(10));
    assertEquals(-1, five.column(7));
    assertEquals(5, Vocabulary.of(frequencies, 4, 100).size());
    assertEquals(0, Vocabulary.of(frequencies, 7, 100).size());
  }
}
