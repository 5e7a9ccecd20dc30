package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a multi-label lesson asks: 900 texts, labels of 400, 25 and no texts. */
class LabelExamplesTest {
  private static final int TEXTS = 900;
  private static final int COMMON = 400;
  private static final int RARE = 25;

  private final LabelExamples all = examples();

  private static LabelExamples examples() {
    List<long[]> suffixes = List.of(new long[] {7}, new long[] {8}, new long[] {9});
    List<long[]> texts = new ArrayList<>();
    boolean[][] has = new boolean[TEXTS][3];
    for (int row = 0; row < TEXTS; row++) {
      texts.add(new long[] {row});
      has[row][0] = row < COMMON;
      has[row][1] = row % (TEXTS / RARE) == 0;
    }
    return new LabelExamples(texts, suffixes, has);
  }

  @Test
  void theAnswerIsTrueOfTheText() {
    for (Example example : epoch(1)) {
      int row = (int) example.text()[0];
      boolean has = example.suffix()[0] == 7 ? row < COMMON : row % (TEXTS / RARE) == 0;
      assertEquals(has ? 0 : 1, example.answer(), "text " + row);
    }
  }

  @Test
  void eachLabelIsAnsweredYesAsOftenAsNo() {
    List<Example> epochs = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      epochs.addAll(epoch(seed));
    }
    assertEquals(9000, epochs.size());
    assertEquals(0.0, count(epochs, 9), "a label that no text has teaches nothing");
    // √25 of √400 + √25: a fifth, where its share of the labels is a seventeenth. 4.5 deviations.
    assertEquals(1800.0, count(epochs, 8), 171.0);
    for (long suffix : new long[] {7, 8}) {
      List<Example> asked = epochs.stream().filter(e -> e.suffix()[0] == suffix).toList();
      double yes = asked.stream().filter(e -> e.answer() == 0).count();
      double deviation = Math.sqrt(asked.size()) / 2;
      assertEquals(asked.size() / 2.0, yes, 4.5 * deviation, "label " + suffix);
    }
    long rare =
        epochs.stream()
            .filter(e -> e.suffix()[0] == 8 && e.answer() == 0)
            .map(e -> e.text()[0])
            .distinct()
            .count();
    assertEquals(RARE, rare, "every text of the rare label is seen");
  }

  private static double count(List<Example> examples, long suffix) {
    return examples.stream().filter(e -> e.suffix()[0] == suffix).count();
  }

  @Test
  void anEpochIsAFunctionOfItsGenerator() {
    List<Example> one = epoch(3);
    List<Example> same = epoch(3);
    assertEquals(TEXTS, one.size());
    for (int i = 0; i < TEXTS; i++) {
      assertEquals(one.get(i).text()[0], same.get(i).text()[0]);
      assertSame(one.get(i).suffix(), same.get(i).suffix());
      assertEquals(one.get(i).answer(), same.get(i).answer());
    }
    assertNotEquals(texts(one), texts(epoch(4)));
  }

  private static List<Long> texts(List<Example> examples) {
    return examples.stream().map(e -> e.text()[0]).toList();
  }

  private List<Example> epoch(long seed) {
    return all.epoch(Seeds.random(seed, "test", 0));
  }
}
