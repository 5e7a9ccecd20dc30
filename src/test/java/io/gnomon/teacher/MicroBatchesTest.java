package io.gnomon.teacher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.TinyTeacher;
import io.gnomon.tensor.Precision;
import io.gnomon.tensor.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch answered in pieces, against the same batch answered at once. */
class MicroBatchesTest {
  private static final int ROWS = 13;
  private static final int LENGTH = 7;

  /** Probabilities in float32 whose sums may run in another order. */
  private static final float TOLERANCE = 1e-6f;

  @TempDir Path folder;
  private LanguageModel model;
  private Teacher whole;

  @BeforeEach
  void load() {
    model = LanguageModel.load(TinyTeacher.write(folder).toString(), Precision.FP32, Device.cpu());
    whole = Teacher.of(model, TinyTeacher.task());
  }

  @AfterEach
  void close() {
    whole.close();
    model.close();
  }

  /** Of 5 rows a pass; and of as many as 100 positions hold beside the prompts. */
  private List<Teacher> limited() {
    return List.of(
        Teacher.of(model, TinyTeacher.task(), new ForwardLimit(5, Long.MAX_VALUE)),
        Teacher.of(model, TinyTeacher.task(), new ForwardLimit(0, 100)));
  }

  private NDArray noise(NDManager manager) {
    SplittableRandom random = Seeds.random(3, "pieces", 0);
    float[] values = new float[ROWS * LENGTH * TinyTeacher.WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(ROWS, LENGTH, TinyTeacher.WIDTH));
  }

  private static TokenBatch tokens() {
    return TokenBatch.of(
        IntStream.range(0, ROWS)
            .mapToObj(row -> IntStream.range(0, 1 + row * 5 % 11).mapToLong(t -> 31 + row * 7 + t))
            .map(LongStream::toArray)
            .toList());
  }

  @Test
  void noiseInPiecesAnswersAsAtOnce() {
    try (NDManager manager = model.manager().newSubManager()) {
      NDArray x = noise(manager);
      float[] expected = whole.probabilities(x).toFloatArray();
      assertTrue(Math.abs(expected[0] - expected[2]) > 1e-3, "rows that are alike show nothing");
      for (Teacher teacher : limited()) {
        NDArray g = teacher.probabilities(x);
        assertEquals(new Shape(ROWS, 2), g.getShape());
        assertArrayEquals(expected, g.toFloatArray(), TOLERANCE);
        teacher.close();
      }
    }
  }

  @Test
  void textsInPiecesAnswerAsAtOnce() {
    float[][] expected = whole.probabilities(tokens());
    for (Teacher teacher : limited()) {
      float[][] g = teacher.probabilities(tokens());
      assertEquals(ROWS, g.length);
      for (int row = 0; row < ROWS; row++) {
        assertArrayEquals(expected[row], g[row], TOLERANCE, "row " + row);
      }
      teacher.close();
    }
  }

  @Test
  void aPieceHasNoMoreThanItsRowsAndTheRestComesLast() {
    try (NDManager manager = model.manager().newSubManager()) {
      List<Long> sizes = new ArrayList<>();
      NDArray x = noise(manager);
      MicroBatches.answers(
          x,
          5,
          piece -> {
            sizes.add(piece.getShape().get(0));
            return piece.duplicate();
          });
      MicroBatches.answers(
          tokens(),
          5,
          piece -> {
            sizes.add((long) piece.ids().length);
            return new float[piece.ids().length][2];
          });
      assertEquals(List.of(5L, 5L, 3L, 5L, 5L, 3L), sizes);
    }
  }

  @Test
  void piecesLeaveNothingBehindButTheAnswer() {
    Teacher teacher = limited().get(0);
    try (NDManager manager = model.manager().newSubManager()) {
      NDArray x = noise(manager);
      NDArray answer;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        answer = teacher.probabilities(x);
      }
      assertEquals(ROWS * 2, answer.toFloatArray().length, "closed with a scope of the caller's");
      int before = manager.getManagedArrays().size();
      for (int i = 0; i < 5; i++) {
        teacher.probabilities(x).close();
      }
      assertEquals(before, manager.getManagedArrays().size());
    }
    teacher.close();
  }
}
