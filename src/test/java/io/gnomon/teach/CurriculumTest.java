package io.gnomon.teach;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.TinyTeacher;
import io.gnomon.teacher.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurriculumTest {
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
    Curriculum forward = curriculum(3, 7, 4);
    Curriculum backward = curriculum(3, 7, 4);
    int[][] rows = new int[STEPS][];
    for (int step = 0; step < STEPS; step++) {
      rows[step] = forward.rows(step);
    }
    for (int step = STEPS - 1; step >= 0; step--) {
      assertArrayEquals(rows[step], backward.rows(step), "step " + step);
    }
    assertFalse(Arrays.equals(rows[0], curriculum(4, 7, 4).rows(0)));
  }

  @Test
  void anEpochSeesEachTextOnceAndTheNextInAnotherOrder() {
    Curriculum curriculum = curriculum(3, 12);
    int[] first = epoch(curriculum, 0);
    int[] second = epoch(curriculum, 1);
    assertFalse(Arrays.equals(first, second));
    for (int[] epoch : List.of(first, second)) {
      assertEquals(TinyLesson.ROWS, Arrays.stream(epoch).distinct().count());
    }
  }

  private static int[] epoch(Curriculum curriculum, int epoch) {
    return IntStream.range(5 * epoch, 5 * epoch + 5)
        .flatMap(step -> Arrays.stream(curriculum.rows(step)))
        .toArray();
  }

  @Test
  void noTextIsLeftOutForGoodWhereBatchesDoNotDivide() {
    Curriculum curriculum = curriculum(3, 16);
    Set<Integer> seen = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      Arrays.stream(curriculum.rows(step)).forEach(seen::add);
    }
    assertEquals(TinyLesson.ROWS, seen.size());
  }

  @Test
  void lessonsShareTheStepsByWeight() {
    Curriculum curriculum = curriculum(3, 7, 4);
    Lesson first = curriculum.lesson(0);
    int count = 0;
    for (int step = 0; step < STEPS; step++) {
      count += curriculum.lesson(step).config().batchSize() == first.config().batchSize() ? 1 : 0;
    }
    // equal weights: a standard deviation of 7 around 100
    assertTrue(count > 70 && count < 130, "drawn " + count);
    assertSame(first, curriculum.lesson(0));
  }

  private Curriculum curriculum(long seed, int... batches) {
    List<Lesson> lessons =
        Arrays.stream(batches)
            .mapToObj(batch -> TinyLesson.lesson(folder, tokenizer, batch, 31))
            .toList();
    return new Curriculum(lessons, seed, STEPS);
  }
}
