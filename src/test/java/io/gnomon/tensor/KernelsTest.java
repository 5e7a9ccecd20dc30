package io.gnomon.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.Messages;
import io.gnomon.nn.Decoder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Loading and calling, on the decoder's kernels. */
class KernelsTest {
  private static final Map<String, String> CONSTANTS =
      Map.of(
          "TYPE",
          "6",
          "EPSILON",
          "3.0",
          "DROPOUT",
          "0.0",
          "TRAINING",
          "False",
          "FROZEN",
          "False",
          "FEW_SCORES",
          "0",
          "SCALE",
          "1.0",
          "HEADS",
          "1",
          "KV_HEADS",
          "1",
          "HEAD_DIM",
          "2");

  @Test
  void constantsEnterTheSource() {
    Kernels kernels = Kernels.load(Decoder.class, "decoder.ts.py", CONSTANTS);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        NDManager other = manager.newSubManager()) {
      NDArray x = manager.create(new float[] {1, 1});
      NDArray y = kernels.callOne("norm", false, x, other.create(new float[] {1, 5}));
      // mean square 1 plus an epsilon of 3: divided by 2
      assertArrayEquals(new float[] {0.5f, 2.5f}, y.toFloatArray());
      assertSame(manager, y.getManager(), "the first input's");
    }
  }

  @Test
  void theSameSourceIsLoadedOnce() {
    Kernels one = Kernels.load(Decoder.class, "decoder.ts.py", CONSTANTS);
    assertSame(one, Kernels.load(Decoder.class, "decoder.ts.py", Map.copyOf(CONSTANTS)));
  }

  @Test
  void anUnknownResourceIsNamed() {
    String message =
        Messages.of(
            IllegalStateException.class,
            () -> Kernels.load(Decoder.class, "nowhere.ts.py", Map.of()));
    assertEquals("io.gnomon.nn.Decoder: no resource nowhere.ts.py", message);
  }

  @Test
  void anUnfilledConstantIsRefusedByName() {
    String message =
        Messages.of(
            IllegalStateException.class,
            () -> Kernels.load(Decoder.class, "decoder.ts.py", Map.of("TYPE", "6")));
    assertTrue(message.startsWith("decoder.ts.py: "), message);
  }
}
