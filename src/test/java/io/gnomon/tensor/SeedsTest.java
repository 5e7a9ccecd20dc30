package io.gnomon.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void streamsSeedsAndIndicesAreApart() {
    Set<Long> seen = new HashSet<>();
    for (String stream : List.of("", "a", "b", "ab", "ba", "sampler", "dropout")) {
      for (long seed = 0; seed < 5; seed++) {
        for (long index = 0; index < 100; index++) {
          seen.add(Seeds.derive(seed, stream, index));
        }
      }
    }
    assertEquals(7 * 5 * 100, seen.size());
  }

  /** A change of these numbers would change every run ever made. */
  @Test
  void valuesAreThoseOfEveryVersion() {
    assertEquals(8954812711748725308L, Seeds.derive(1, "sampler", 0));
    assertEquals(4929599815477023561L, Seeds.derive(2, "dropout", 17));
  }

  @Test
  void theGeneratorIsSeededSo() {
    assertEquals(
        new SplittableRandom(Seeds.derive(3, "x", 4)).nextLong(),
        Seeds.random(3, "x", 4).nextLong());
  }
}
