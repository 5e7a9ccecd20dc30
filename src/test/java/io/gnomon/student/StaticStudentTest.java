package io.gnomon.student;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.Messages;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student that pools its tokens' features. */
class StaticStudentTest {
  private static final int ROWS = 2;
  private static final int LENGTH = 5;
  private static final int WIDTH = 7;
  private static final List<String> CLASSES = List.of("joy", "anger", "fear");

  /** float32 sums in another order; logits are of the order of one. */
  private static final float TOLERANCE = 1e-5f;

  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final EmbeddingTable table =
      new EmbeddingTable(manager.randomNormal(new Shape(13, WIDTH)));
  private final NDArray x = manager.randomNormal(new Shape(ROWS, LENGTH, WIDTH));

  @AfterEach
  void close() {
    manager.close();
  }

  /**
   * Two features, one hidden number, three classes. Far above zero GELU is the identity, far below
   * it is zero. Tokens seen: features (10, 0) and (20, 0); hidden from padding: (90, 90).
   */
  @Test
  void byHand() {
    StaticShape shape = new StaticShape(2, 2, 1, CLASSES, false);
    Map<String, float[]> values =
        Map.of(
            "map.weight", new float[] {1, 0, 0, 10},
            "map.bias", new float[] {0, -80},
            "classifier.dense.weight", new float[] {0.01f, 7, 0.02f, 9},
            "classifier.dense.bias", new float[] {-0.25f},
            "classifier.out_proj.weight", new float[] {1, 2, 3},
            "classifier.out_proj.bias", new float[] {0.5f, 0, 0});
    NDArray input = manager.create(new float[] {10, 3, 20, -5, 90, 17}, new Shape(1, 3, 2));
    NDArray mask = manager.create(new float[] {1, 1, 0}, new Shape(1, 3));
    try (Student student =
        new Student(
            manager,
            shape,
            Precision.FP32,
            (name, size) -> Objects.requireNonNull(values.get(name), name).clone())) {
      // mean 15 and 0, largest 20 and 0: 0.15 + 0.4 - 0.25 = 0.3
      float h = (float) Math.tanh(0.3);
      assertArrayEquals(
          new float[] {h + 0.5f, 2 * h, 3 * h},
          student.logits(input, mask, false).toFloatArray(),
          1e-6f);
      // with the third: mean 40 and 30, largest 90 and 90, so that tanh is 1
      assertArrayEquals(
          new float[] {1.5f, 2, 3}, student.logits(input, null, false).toFloatArray(), 1e-6f);
    }
  }

  @Test
  void paddingAndOrderChangeNothing() {
    NDArray mask = manager.create(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 0, 0}, new Shape(2, 5));
    try (Student student = student(5)) {
      float[] padded = student.logits(x, mask, false).toFloatArray();
      float[] full = student.logits(x, null, false).toFloatArray();
      float[] alone = student.logits(x.get(new NDIndex("1:2, :3")), null, false).toFloatArray();
      assertArrayEquals(Arrays.copyOf(full, 3), Arrays.copyOf(padded, 3), TOLERANCE);
      assertArrayEquals(alone, Arrays.copyOfRange(padded, 3, 6), TOLERANCE);
      assertTrue(Math.abs(full[3] - padded[3]) > 10 * TOLERANCE, "the mask has no effect");
      assertArrayEquals(full, student.logits(x.flip(1), null, false).toFloatArray(), TOLERANCE);
    }
  }

  @Test
  void anInputWithoutTokensHasAnAnswer() {
    try (Student student = student(5)) {
      NDArray nothing = manager.zeros(new Shape(ROWS, LENGTH));
      float[] masked = student.logits(x, nothing, false).toFloatArray();
      float[] empty =
          student.logits(manager.zeros(new Shape(ROWS, 0, WIDTH)), null, false).toFloatArray();
      assertEquals(ROWS * CLASSES.size(), empty.length);
      assertArrayEquals(masked, empty);
      assertTrue(Float.isFinite(empty[0]));
    }
  }

  @Test
  void everyParameterHasAGradient() {
    try (Student student = student(5)) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(student.logits(x, null, true).square().sum());
      }
      student
          .parameters()
          .arrays()
          .forEach(
              (name, array) ->
                  assertTrue(array.getGradient().abs().sum().getFloat() > 0, () -> name));
    }
  }

  @Test
  void featuresStartAsLoudAsOne() {
    EmbeddingTable quiet = new EmbeddingTable(table.weight().mul(0.001));
    try (Student student =
        Students.create(manager, new StudentConfig.Static(1009, 3), quiet, CLASSES, 1)) {
      NDArray mapped = quiet.weight().matMul(student.parameters().get("map.weight").transpose());
      // 7·1009 random weights: the mean square fluctuates by a few percent
      assertEquals(1, Math.sqrt(mapped.square().mean().getFloat()), 0.1);
      assertEquals(0f, student.parameters().get("map.bias").abs().sum().getFloat());
    }
  }

  @Test
  void theSameSeedGivesTheSameStudentAndAnotherAnother() {
    try (Student one = student(5);
        Student same = student(5);
        Student other = student(6)) {
      assertArrayEquals(logits(one), logits(same));
      assertFalse(Arrays.equals(logits(one), logits(other)));
    }
  }

  @Test
  void savedAndLoadedItIsTheSame(@TempDir Path folder) throws IOException {
    try (Student student = student(5)) {
      student.save(folder, Map.of("sha256", "abc"));
      try (Student loaded = Student.load(manager, folder)) {
        assertEquals(student.shape(), loaded.shape());
        assertArrayEquals(logits(student), logits(loaded));
      }
    }
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"static\"", "\"statical\""));
    assertEquals(
        config
            + ": kind: expected roberta or static, found statical; mend the file or take another",
        Messages.of(InputException.class, () -> Student.load(manager, folder).close()));
  }

  @Test
  void anyLengthIsRead() {
    try (Student student = student(5)) {
      assertEquals(StudentConfig.ANY_LENGTH, student.shape().longest());
      NDArray once = x.get(new NDIndex("0:1"));
      float[] expected = student.logits(once, null, false).toFloatArray();
      NDArray often = once.tile(new long[] {1, 400, 1});
      assertArrayEquals(expected, student.logits(often, null, false).toFloatArray(), TOLERANCE);
    }
  }

  private float[] logits(Student student) {
    return student.logits(x, null, false).toFloatArray();
  }

  private Student student(long seed) {
    return Students.create(manager, new StudentConfig.Static(11, 3), table, CLASSES, seed);
  }
}
