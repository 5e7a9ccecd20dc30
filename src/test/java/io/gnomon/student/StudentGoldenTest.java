package io.gnomon.student;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Shared;
import io.gnomon.checkpoint.SafetensorsFolder;
import io.gnomon.config.StudentConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Parity with transformers on a tiny random RoBERTa, a padded row included. */
class StudentGoldenTest {
  /** Relative to the largest entry: float32, other summation orders. */
  private static final double TOLERANCE = 1e-4;

  private static final int WIDTH = 48;

  @Test
  void encodesAsTransformersDoes() {
    Path folder = Shared.require("goldens/tiny-roberta");
    JsonNode golden = JsonFields.read(folder.resolve("golden.json")).root();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        SafetensorsFolder checkpoint = SafetensorsFolder.open(folder)) {
      float[] words = checkpoint.floats("embeddings.word_embeddings.weight");
      EmbeddingTable table =
          new EmbeddingTable(manager.create(words, new Shape(words.length / WIDTH, WIDTH)));
      StudentConfig.Roberta config =
          new StudentConfig.Roberta(
              8, 1, 2, 16, 9, 0, StudentConfig.Arithmetic.FP32, folder.toString());
      try (Student student = Students.create(manager, config, table, List.of("a", "b"), 3)) {
        RobertaShape shape = (RobertaShape) student.shape();
        assertEquals(3, shape.encoder().layers());
        assertEquals(38, shape.maxPositions());
        for (int row = 0; row < 2; row++) {
          assertRow(manager, student, table, golden, row);
        }
      }
    }
  }

  /** The golden's first token is the student's start vector; the rest is its input. */
  private static void assertRow(
      NDManager manager, Student student, EmbeddingTable table, JsonNode golden, int row) {
    long[][] ids = new long[2][];
    float[] mask = new float[2 * 12];
    for (int i = 0; i < 2; i++) {
      ids[i] = tail(golden.get("input_ids").get(i));
      long[] seen = tail(golden.get("attention_mask").get(i));
      for (int t = 0; t < 12; t++) {
        mask[i * 12 + t] = seen[t];
      }
    }
    int first = golden.get("input_ids").get(row).get(0).asInt();
    float[] start = table.lookup(manager, new long[][] {{first}}).toFloatArray();
    student.parameters().get("start").set(FloatBuffer.wrap(start));
    NDArray hidden =
        ((RobertaNetwork) student.network())
            .firstPosition(
                table.lookup(manager, ids), manager.create(mask, new Shape(2, 12)), false);
    float[] found = hidden.toFloatArray();
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < WIDTH; i++) {
      double expected = golden.get("cls_hidden").get(row).get(i).asDouble();
      largest = Math.max(largest, Math.abs(expected));
      worst = Math.max(worst, Math.abs(expected - found[row * WIDTH + i]));
    }
    assertTrue(worst <= TOLERANCE * largest, "row " + row + ": off by " + worst);
  }

  private static long[] tail(JsonNode row) {
    long[] tail = new long[row.size() - 1];
    for (int i = 0; i < tail.length; i++) {
      tail[i] = row.get(i + 1).asLong();
    }
    return tail;
  }
}
