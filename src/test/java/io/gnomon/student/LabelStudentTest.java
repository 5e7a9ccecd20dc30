package io.gnomon.student;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.Messages;
import io.gnomon.TinyLabels;
import io.gnomon.TinyTeacher;
import io.gnomon.config.InputException;
import io.gnomon.config.StudentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.teacher.EmbeddingTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student whose labels do not exclude each other. */
class LabelStudentTest {
  private static final int WIDTH = 7;

  @TempDir Path folder;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());
  private final NDArray x = manager.randomNormal(new Shape(5, 3, WIDTH));

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void itsAnswersAreTheSigmoidsOfItsLogits() {
    try (Student student = student(TinyLabels.task())) {
      float[] logits = student.logits(x, null, false).toFloatArray();
      double[][] h = student.probabilities(x, null);
      assertEquals(5, h.length);
      for (int i = 0; i < logits.length; i++) {
        assertEquals(1 / (1 + Math.exp(-logits[i])), h[i / 3][i % 3], 1e-6);
      }
    }
  }

  @Test
  void aSavedOneStaysOne() throws IOException {
    try (Student student = student(TinyLabels.task())) {
      student.save(folder, Map.of("sha256", "ab"));
      assertTrue(Files.readString(folder.resolve("config.json")).contains("\"multi-label\""));
      try (Student loaded = Student.load(manager, folder)) {
        assertEquals(student.shape(), loaded.shape());
        assertArrayEquals(student.probabilities(x, null), loaded.probabilities(x, null));
      }
    }
  }

  @Test
  void aFolderThatDoesNotSayIsOfOneClassAText() throws IOException {
    try (Student student = student(TinyTeacher.task())) {
      student.save(folder, Map.of("sha256", "ab"));
    }
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    Files.writeString(config, text.replaceFirst("\"type\" : \"single-label\",\\s*", ""));
    assertFalse(StudentFolder.shape(folder).multiLabel());
    Files.writeString(config, text.replace("single-label", "several"));
    assertEquals(
        config
            + ": type: expected single-label or multi-label, found several; mend the file or take"
            + " another",
        Messages.of(InputException.class, () -> StudentFolder.shape(folder)));
  }

  private Student student(TaskConfig task) {
    StudentConfig config =
        new StudentConfig.Roberta(22, 1, 2, 17, 11, 0, StudentConfig.Arithmetic.FP32, null);
    EmbeddingTable table = new EmbeddingTable(manager.randomNormal(new Shape(13, WIDTH)));
    return Students.create(manager, config, table, task, 1);
  }
}
