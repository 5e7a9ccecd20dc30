package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.teacher.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchScheduleTest {
  private static final int STEPS = 200;

  @TempDir Path folder;
  private Tokenizer tokenizer;

  @BeforeEach
  void open() {
    tokenizer = Tokenizer.open(TinyTeacher.write(folder));
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  @Test
  void stepsAreAFunctionOfTheSeedInAnyOrder() {
    BatchSchedule forward = schedule(3, 7, 4);
    BatchSchedule backward = schedule(3, 7, 4);
    List<List<String>> seen = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      seen.add(texts(forward.examples(step)));
    }
    for (int step = STEPS - 1; step >= 0; step--) {
      assertEquals(seen.get(step), texts(backward.examples(step)), "step " + step);
    }
    assertNotEquals(seen.get(0), texts(schedule(4, 7, 4).examples(0)));
  }

  @Test
  void anEpochSeesEachTextOnceAndTheNextInAnotherOrder() {
    BatchSchedule schedule = schedule(3, 12);
    List<String> first = epoch(schedule, 0);
    List<String> second = epoch(schedule, 1);
    assertNotEquals(first, second);
    for (List<String> epoch : List.of(first, second)) {
      assertEquals(TinyLesson.ROWS, Set.copyOf(epoch).size());
    }
  }

  private static List<String> epoch(BatchSchedule schedule, int epoch) {
    return IntStream.range(5 * epoch, 5 * epoch + 5)
        .mapToObj(step -> texts(schedule.examples(step)))
        .flatMap(List::stream)
        .toList();
  }

  /** The ids, which no two texts of the set share. */
  private static List<String> texts(List<Example> examples) {
    return examples.stream().map(example -> Arrays.toString(example.text())).toList();
  }

  @Test
  void aBatchHoldsTextsOfLikeLength() {
    BatchSchedule schedule = schedule(3, 12);
    for (int step = 0; step < 5; step++) {
      int[] lengths =
          schedule.examples(step).stream().mapToInt(one -> one.text().length).sorted().toArray();
      long between =
          epoch(schedule, 0).stream()
              .mapToInt(text -> text.split(",", -1).length)
              .filter(length -> length > lengths[0] && length < lengths[lengths.length - 1])
              .count();
      assertTrue(between <= 12, "a text of another batch lies between " + step);
    }
  }

  @Test
  void noTextIsLeftOutForGoodWhereBatchesDoNotDivide() {
    BatchSchedule schedule = schedule(3, 16);
    Set<String> seen = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      seen.addAll(texts(schedule.examples(step)));
    }
    assertEquals(TinyLesson.ROWS, seen.size());
  }

  @Test
  void lessonsShareTheStepsByWeight() {
    BatchSchedule schedule = schedule(3, 7, 4);
    Lesson first = schedule.lesson(0);
    int count = 0;
    for (int step = 0; step < STEPS; step++) {
      count += schedule.lesson(step).config().batchSize() == first.config().batchSize() ? 1 : 0;
    }
    // equal weights: a standard deviation of 7 around 100
    assertTrue(count > 70 && count < 130, "drawn " + count);
    assertSame(first, schedule.lesson(0));
  }

  private BatchSchedule schedule(long seed, int... batches) {
    List<Lesson> lessons =
        Arrays.stream(batches)
            .mapToObj(batch -> TinyLesson.lesson(folder, tokenizer, batch, 31))
            .toList();
    return new BatchSchedule(lessons, seed, STEPS);
  }
}
