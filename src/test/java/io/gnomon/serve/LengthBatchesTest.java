package io.gnomon.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LengthBatchesTest {
  /** At most three texts and twelve tokens; the text of 31 tokens goes alone. */
  @Test
  void byHand() {
    List<int[]> batches = LengthBatches.of(new int[] {7, 2, 31, 0, 5, 5, 2, 3}, 3, 12);
    assertEquals(5, batches.size());
    assertArrayEquals(new int[] {3, 1, 6}, batches.get(0));
    assertArrayEquals(new int[] {7, 4}, batches.get(1));
    assertArrayEquals(new int[] {5}, batches.get(2));
    assertArrayEquals(new int[] {0}, batches.get(3));
    assertArrayEquals(new int[] {2}, batches.get(4));
  }

  @Test
  void noTextsAreNoBatches() {
    assertEquals(List.of(), LengthBatches.of(new int[0], 3, 12));
  }
}
