package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.config.TeachConfig.LossConfig;
import io.gnomon.teacher.Tokenizer;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptBatchTest {
  private static final int LONGEST = 31;
  private static final int VOCABULARY = 280;

  @TempDir Path folder;
  private Tokenizer tokenizer;
  private Lesson lesson;

  @BeforeEach
  void open() {
    tokenizer = Tokenizer.open(TinyTeacher.write(folder));
    lesson = TinyLesson.lesson(folder, tokenizer, 4, LONGEST);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void allRowsEndInTheLastColumnWithPaddingBeforeIt() {
    int shortest = shortest();
    int[] rows = {shortest, longest()};
    PromptBatch batch = batch(rows, TinyLesson.PLAIN);
    assertArrayEquals(tokenizer.encodeOpening("film:"), batch.prefix());
    for (int i = 0; i < 2; i++) {
      long[] expected =
          LongStream.concat(
                  Arrays.stream(text(rows[i])).limit(LONGEST),
                  Arrays.stream(tokenizer.encode(" this is")))
              .toArray();
      int front = expected.length - 1;
      long[] row = batch.input()[i];
      assertEquals(front, batch.lengths()[i]);
      assertArrayEquals(Arrays.copyOf(expected, front), Arrays.copyOf(row, front));
      assertEquals(0, Arrays.stream(row, front, row.length - 1).sum(), "padding");
      assertEquals(expected[front], row[row.length - 1]);
    }
    assertTrue(batch.lengths()[0] < batch.lengths()[1], "no padding anywhere");
    assertEquals(batch.input()[0].length, batch.input()[1].length);
    assertEquals(0, batch.scored().length);
  }

  @Test
  void theRightClassesWordsAreFilledUpWithTheFirst() {
    // row 0 is positive with two words, row 1 negative with three
    PromptBatch batch = batch(new int[] {0, 1}, TinyLesson.PLAIN);
    long[] positive = {id(" good"), id(" great"), id(" good")};
    long[] negative = {id(" bad"), id(" awful"), id(" dull")};
    assertArrayEquals(new long[][] {positive, negative}, batch.words());
    float[][] kept = {{0, 0, Float.NEGATIVE_INFINITY}, {0, 0, 0}};
    assertArrayEquals(kept, batch.kept());
  }

  private long id(String word) {
    return tokenizer.encode(word)[0];
  }

  @Test
  void scoredPlacesNameTheTokenThatFollowsInTheCleanText() {
    LossConfig noisy = new LossConfig(1, 200, 0, 0, 0.9);
    int[] rows = {0, 1, 2, 3};
    PromptBatch batch = batch(rows, noisy);
    int width = batch.input()[0].length;
    assertEquals(200, batch.scored().length);
    for (int i = 0; i < 200; i++) {
      int row = (int) batch.scored()[i] / width;
      int position = (int) batch.scored()[i] % width;
      long[] text = text(rows[row]);
      assertTrue(position + 1 < Math.min(text.length, LONGEST), "nothing of the text follows");
      assertEquals(text[position + 1], batch.next()[i]);
    }
    assertTrue(
        !Arrays.deepEquals(batch(rows, TinyLesson.PLAIN).input(), batch.input()), "no noise");
    for (int row = 0; row < 4; row++) {
      int from = Math.min(text(rows[row]).length, LONGEST);
      assertEquals(tokenizer.encode(" this is")[0], batch.input()[row][from], "noise behind");
    }
  }

  @Test
  void theSameGeneratorGivesTheSameBatch() {
    LossConfig noisy = new LossConfig(1, 20, 0, 0, 0.5);
    PromptBatch one = batch(new int[] {5, 6}, noisy);
    PromptBatch same = batch(new int[] {5, 6}, noisy);
    assertArrayEquals(one.input(), same.input());
    assertArrayEquals(one.scored(), same.scored());
  }

  private PromptBatch batch(int[] rows, LossConfig loss) {
    return PromptBatch.of(
        lesson, TinyLesson.examples(lesson, rows), VOCABULARY, loss, Seeds.random(1, "test", 0));
  }

  private int shortest() {
    return IntStream.range(0, TinyLesson.ROWS)
        .reduce((a, b) -> length(a) <= length(b) ? a : b)
        .orElseThrow();
  }

  private int longest() {
    return IntStream.range(0, TinyLesson.ROWS)
        .reduce((a, b) -> length(a) >= length(b) ? a : b)
        .orElseThrow();
  }

  private int length(int row) {
    return text(row).length;
  }

  private long[] text(int row) {
    return TinyLesson.examples(lesson, row).get(0).text();
  }
}
