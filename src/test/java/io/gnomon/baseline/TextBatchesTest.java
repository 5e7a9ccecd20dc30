package io.gnomon.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.projection.Batches.Batch;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Three texts in a space of two dimensions: token t lies at (t, −t). */
class TextBatchesTest {
  private static final List<long[]> TEXTS =
      List.of(new long[] {5}, new long[] {3, 4}, new long[] {1, 2, 6});

  private static final double[][] TARGETS = {{1, 0, 0}, {0, 0, 1}, {1, 1, 0}};

  @Test
  void aBatchIsEmbeddedPaddedAndAnswered() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      TextBatches batches = new TextBatches(TEXTS, TARGETS, table(manager), 3, 1);
      Batch batch = batches.draw(manager, 0);
      // one stretch is one batch here, so its texts come by length
      assertEquals(new Shape(3, 3, 2), batch.x().getShape());
      assertArrayEquals(
          new float[] {5, -5, 0, 0, 0, 0, 3, -3, 4, -4, 0, 0, 1, -1, 2, -2, 6, -6},
          floats(batch.x()));
      assertArrayEquals(
          new float[] {1, 0, 0, 1, 1, 0, 1, 1, 1}, floats(Objects.requireNonNull(batch.mask())));
      assertArrayEquals(new float[] {1, 0, 0, 0, 0, 1, 1, 1, 0}, floats(batch.g()));
    }
  }

  @Test
  void nothingIsMaskedWhereNothingIsPadded() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Batch batch = new TextBatches(TEXTS, TARGETS, table(manager), 1, 1).draw(manager, 2);
      assertNull(batch.mask());
      assertEquals(new Shape(1, 3), batch.g().getShape());
    }
  }

  @Test
  void everyTextNeedsItsTarget() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      double[][] few = Arrays.copyOf(TARGETS, 2);
      assertThrows(
          IllegalArgumentException.class, () -> new TextBatches(TEXTS, few, table(manager), 2, 1));
    }
  }

  private static EmbeddingTable table(NDManager manager) {
    float[] rows = {0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6};
    return new EmbeddingTable(manager.create(rows, new Shape(7, 2)));
  }

  /** Without the sign of a zero, which is not compared. */
  private static float[] floats(NDArray array) {
    float[] values = array.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += 0f;
    }
    return values;
  }
}
