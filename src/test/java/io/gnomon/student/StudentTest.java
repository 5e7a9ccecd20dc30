package io.gnomon.student;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.config.InputException;
import io.gnomon.config.OptimizerConfig;
import io.gnomon.config.StudentConfig;
import io.gnomon.optimizer.AdamW;
import io.gnomon.optimizer.GradientClip;
import io.gnomon.optimizer.Gradients;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudentTest {
  private static final int ROWS = 2;
  private static final int LENGTH = 5;
  private static final int WIDTH = 7;
  private static final int HIDDEN = 22;
  private static final List<String> CLASSES = List.of("joy", "anger", "fear");
  private static final OptimizerConfig ADAMW =
      new OptimizerConfig(0.01, 1, 0.01, 0.9, 0.999, 1e-8, 0, OptimizerConfig.Schedule.CONSTANT, 1);

  /** float32 sums in another order; logits are of the order of one. */
  private static final float TOLERANCE = 1e-5f;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final EmbeddingTable table = new EmbeddingTable(normal(new Shape(13, WIDTH)));

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void theSameSeedGivesTheSameStudentAndAnotherAnother() {
    try (Student one = student(5, 0);
        Student same = student(5, 0);
        Student other = student(6, 0)) {
      for (String name : one.parameters().arrays().keySet()) {
        assertArrayEquals(values(one, name), values(same, name), name);
      }
      assertFalse(Arrays.equals(values(one, "start"), values(other, "start")));
      float[] norm = values(one, "roberta.encoder.layer.1.output.LayerNorm.weight");
      assertArrayEquals(new float[] {1, 1, 1}, Arrays.copyOf(norm, 3));
      assertEquals(0f, values(one, "classifier.dense.bias")[4]);
    }
  }

  @Test
  void theMapStartsAsLoudAsThePositions() {
    EmbeddingTable quiet = new EmbeddingTable(table.weight().mul(0.001));
    StudentConfig config =
        new StudentConfig.Roberta(1009, 1, 1, 3, 4, 0, StudentConfig.Arithmetic.FP32, null);
    try (Student student = Students.create(manager, config, quiet, CLASSES, 1)) {
      NDArray mapped = quiet.weight().matMul(student.parameters().get("map.weight").transpose());
      double scale = Math.sqrt(mapped.square().mean().getFloat());
      // 13 rows of 7 coordinates: the mean square of the table is that of the rows exactly, the
      // map's own fluctuates by 1/√(7·1009)
      assertEquals(0.02, scale, 0.02 * 0.1);
    }
  }

  @Test
  void withoutADifferenceInWidthThereIsNoMap() {
    StudentConfig config =
        new StudentConfig.Roberta(WIDTH, 1, 1, 3, 9, 0, StudentConfig.Arithmetic.FP32, null);
    try (Student student = Students.create(manager, config, table, CLASSES, 1)) {
      assertFalse(student.parameters().has("map.weight"));
      assertEquals(
          new Shape(ROWS, 3),
          student.logits(normal(new Shape(ROWS, LENGTH, WIDTH)), null, false).getShape());
    }
  }

  @Test
  void paddingChangesNothing() {
    NDArray x = normal(new Shape(ROWS, LENGTH, WIDTH));
    NDArray mask = manager.create(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 0, 0}, new Shape(2, 5));
    try (Student student = student(5, 0)) {
      raise(student);
      float[] padded = student.logits(x, mask, false).toFloatArray();
      float[] full = student.logits(x, null, false).toFloatArray();
      float[] alone = student.logits(x.get(new NDIndex("1:2, :3")), null, false).toFloatArray();
      assertArrayEquals(Arrays.copyOf(full, 3), Arrays.copyOf(padded, 3), TOLERANCE);
      assertArrayEquals(alone, Arrays.copyOfRange(padded, 3, 6), TOLERANCE);
      assertTrue(Math.abs(full[3] - padded[3]) > 10 * TOLERANCE, "the mask has no effect");
    }
  }

  @Test
  void orderMatters() {
    NDArray x = normal(new Shape(1, LENGTH, WIDTH));
    NDArray reversed = x.flip(1);
    try (Student student = student(5, 0)) {
      raise(student);
      float[] forth = student.logits(x, null, false).toFloatArray();
      float[] back = student.logits(reversed, null, false).toFloatArray();
      assertTrue(Math.abs(forth[0] - back[0]) > 10 * TOLERANCE, "positions have no effect");
    }
  }

  @Test
  void dropoutIsAFunctionOfTheSeed() {
    NDArray x = normal(new Shape(ROWS, LENGTH, WIDTH));
    try (Student student = student(5, 0.3)) {
      float[] one = seeded(student, x, 11);
      assertArrayEquals(one, seeded(student, x, 11));
      assertFalse(Arrays.equals(one, seeded(student, x, 12)));
      assertArrayEquals(
          student.logits(x, null, false).toFloatArray(),
          student.logits(x, null, false).toFloatArray());
    }
  }

  @Test
  void savedAndLoadedItIsTheSame(@TempDir Path folder) {
    NDArray x = normal(new Shape(ROWS, LENGTH, WIDTH));
    try (Student student = student(5, 0.1)) {
      student.save(folder, Map.of("sha256", "abc", "path", "embedded:pocket"));
      try (Student loaded = Student.load(manager, folder)) {
        assertEquals(student.shape(), loaded.shape());
        assertEquals(student.parameters().arrays().keySet(), loaded.parameters().arrays().keySet());
        for (String name : student.parameters().arrays().keySet()) {
          assertArrayEquals(values(student, name), values(loaded, name), name);
        }
        assertArrayEquals(
            student.logits(x, null, false).toFloatArray(),
            loaded.logits(x, null, false).toFloatArray());
      }
    }
    assertEquals("abc", Student.reference(folder).get("sha256"));
  }

  @Test
  void trainingLearnsAndLeavesTheTableAlone() {
    float[] before = table.weight().toFloatArray();
    try (Student student = student(5, 0);
        AdamW adamw = new AdamW(manager, student.parameters().arrays(), ADAMW, Map.of())) {
      float first = step(student, adamw);
      float last = first;
      for (int i = 0; i < 30; i++) {
        last = step(student, adamw);
      }
      assertTrue(last < 0.2f * first, first + " -> " + last);
    }
    assertArrayEquals(before, table.weight().toFloatArray());
    assertFalse(table.weight().hasGradient());
  }

  /** Weights, gradients and answers of a student in mixed precision are those of a float32 one. */
  @Test
  void mixedPrecisionMultipliesInBfloat16AndAnswersInFloat32() {
    NDArray x = normal(new Shape(ROWS, LENGTH, WIDTH));
    try (Student wide = student(5, 0);
        Student mixed = student(5, StudentConfig.Arithmetic.BF16)) {
      raise(wide);
      raise(mixed);
      float[] answer = wide.logits(x, null, false).toFloatArray();
      assertArrayEquals(answer, mixed.logits(x, null, false).toFloatArray());
      float[] trained = mixed.logits(x, null, true).toFloatArray();
      assertFalse(Arrays.equals(answer, trained), "the step is computed in float32");
      // Two layers of products, each rounded to eight bits; logits are of the order of ten here.
      assertArrayEquals(answer, trained, 0.5f);
    }
  }

  @Test
  void mixedPrecisionLearnsAsWell() {
    try (Student student = student(5, StudentConfig.Arithmetic.BF16);
        AdamW adamw = new AdamW(manager, student.parameters().arrays(), ADAMW, Map.of())) {
      float first = step(student, adamw);
      float last = first;
      for (int i = 0; i < 30; i++) {
        last = step(student, adamw);
      }
      assertTrue(last < 0.2f * first, first + " -> " + last);
      for (NDArray weight : student.parameters().arrays().values()) {
        assertEquals(DataType.FLOAT32, weight.getDataType());
        try (NDArray gradient = weight.getGradient()) {
          assertEquals(DataType.FLOAT32, gradient.getDataType());
        }
      }
    }
  }

  @Test
  void nothingIsLeftBehindByAStep() {
    try (Student student = student(5, 0.1);
        AdamW adamw = new AdamW(manager, student.parameters().arrays(), ADAMW, Map.of())) {
      step(student, adamw);
      int early = liveArrays(manager) + liveArrays(student.parameters().manager());
      for (int i = 0; i < 100; i++) {
        step(student, adamw);
      }
      assertEquals(early, liveArrays(manager) + liveArrays(student.parameters().manager()));
    }
  }

  @Test
  void tooLongAnInputSaysHowLong() {
    NDArray x = normal(new Shape(1, 11, WIDTH));
    try (Student student = student(5, 0)) {
      InputException e = assertThrows(InputException.class, () -> student.logits(x, null, false));
      assertEquals(
          "student: expected inputs of at most 10 tokens (max_positions = 11 with the start"
              + " vector), found T = 11; shorten the inputs or raise student.max_positions",
          e.getMessage());
      NDArray fits = normal(new Shape(1, 10, WIDTH));
      assertEquals(new Shape(1, 3), student.logits(fits, null, false).getShape());
    }
  }

  @Test
  void headsMustDivideTheWidth() {
    StudentConfig config =
        new StudentConfig.Roberta(10, 1, 3, 4, 5, 0, StudentConfig.Arithmetic.FP32, null);
    InputException e =
        assertThrows(
            InputException.class, () -> Students.create(manager, config, table, CLASSES, 1));
    assertEquals(
        "student.heads: expected a divisor of hidden = 10, found 3; change one of the two",
        e.getMessage());
  }

  /** One step toward the second class; nothing made in it outlives it. */
  private float step(Student student, AdamW adamw) {
    try (NDManager step = manager.newSubManager()) {
      NDArray x = table.lookup(step, new long[][] {{1, 2, 3}, {4, 5, 6}});
      float loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = student.logits(x, null, true);
        NDArray total = logits.logSoftmax(1).get(new NDIndex(":, 1")).mean().neg();
        collector.backward(total);
        loss = total.getFloat();
      }
      try (Gradients gradients = Gradients.of(student.parameters().arrays())) {
        new GradientClip(1).apply(gradients);
        adamw.step(gradients, 0.01);
        gradients.zero();
      }
      return loss;
    }
  }

  /** At the start attention hardly moves a logit; with matrices ten times as large it does. */
  private static void raise(Student student) {
    for (NDArray parameter : student.parameters().arrays().values()) {
      if (parameter.getShape().dimension() == 2) {
        float[] values = parameter.toFloatArray();
        for (int i = 0; i < values.length; i++) {
          values[i] *= 10;
        }
        parameter.set(FloatBuffer.wrap(values));
      }
    }
  }

  private static float[] seeded(Student student, NDArray x, int seed) {
    Engine.getInstance().setRandomSeed(seed);
    return student.logits(x, null, true).toFloatArray();
  }

  private static int liveArrays(NDManager manager) {
    return manager.getManagedArrays().size();
  }

  private Student student(long seed, double dropout) {
    return student(seed, dropout, StudentConfig.Arithmetic.FP32);
  }

  private Student student(long seed, StudentConfig.Arithmetic arithmetic) {
    return student(seed, 0, arithmetic);
  }

  private Student student(long seed, double dropout, StudentConfig.Arithmetic arithmetic) {
    StudentConfig config =
        new StudentConfig.Roberta(HIDDEN, 2, 2, 17, 11, dropout, arithmetic, null);
    return Students.create(manager, config, table, CLASSES, seed);
  }

  private static float[] values(Student student, String name) {
    return student.parameters().get(name).toFloatArray();
  }

  private NDArray normal(Shape shape) {
    return manager.create(new RandomInitializer(9, 0).values("x", shape), shape).mul(50);
  }
}
