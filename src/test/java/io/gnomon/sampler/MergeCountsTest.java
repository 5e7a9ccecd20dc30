package io.gnomon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.gnomon.teacher.EmbeddingSpace;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeCountsTest {
  private static final int T = 0;
  private static final int H = 1;
  private static final int E = 2;
  private static final int TH = 3;
  private static final int THE = 4;
  private static final int HE = 5;
  private static final List<int[]> MERGES =
      List.of(new int[] {T, H, TH}, new int[] {TH, E, THE}, new int[] {H, E, HE});

  @Test
  void whatLaterMergesTakeIsGone() {
    // No law of its own: every merge as often as the next. "th" is all used up by "the".
    MergeCounts flat = new MergeCounts(7, MERGES, 0, 0);
    assertEquals(0.1, flat.of(TH));
    assertEquals(1, flat.of(THE));
    assertEquals(1, flat.of(HE));
    assertEquals(0.1, flat.of(T));
    // Zipf: 3, 3/2 and 1 times; "the" takes half of "th".
    MergeCounts zipf = new MergeCounts(7, MERGES, 1, 0);
    assertEquals(1.5, zipf.of(TH), 1e-12);
    assertEquals(1.5, zipf.of(THE), 1e-12);
    assertEquals(1, zipf.of(HE), 1e-12);
  }

  @Test
  void nothingIsNegativeWhereSeveralMergesShareAPart() {
    // "h" three times behind "th": the count of "th" must reach the sum of the three.
    List<int[]> merges =
        List.of(new int[] {0, 1, 2}, new int[] {2, 0, 3}, new int[] {2, 1, 4}, new int[] {2, 2, 5});
    MergeCounts counts = new MergeCounts(6, merges, 0, 0);
    assertEquals(0.1, counts.of(2));
    assertEquals(1, counts.of(5));
  }

  @Test
  void ofTheEmbeddedTokenizerWholeWordsAreOftenAndFragmentsSeldom() {
    try (EmbeddingSpace space = EmbeddingSpace.open("embedded:pocket", Device.cpu())) {
      MergeCounts counts =
          new MergeCounts(
              space.embeddings().size(), space.tokenizer().vocabulary().merges(), 0.5, 0);
      double the = counts.of(token(space, " the"));
      double good = counts.of(token(space, " good"));
      double th = counts.of(token(space, " th"));
      assertTrue(the > 5 * good && good > 5 * th, the + ", " + good + ", " + th);
    }
  }

  private static int token(EmbeddingSpace space, String text) {
    long[] ids = space.tokenizer().encode(text);
    assertEquals(1, ids.length);
    return (int) ids[0];
  }
}
