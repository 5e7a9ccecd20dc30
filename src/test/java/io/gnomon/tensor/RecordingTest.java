package io.gnomon.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecordingTest {
  /** d(p²)/dp at p. */
  private static float slope(float at) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Recording recording = Recording.begin()) {
      NDArray p = manager.create(at);
      p.setRequiresGradient(true);
      recording.backward(p.square());
      return p.getGradient().getFloat();
    }
  }

  @Test
  void anotherThreadWaitsForItsTurn()
      throws InterruptedException, ExecutionException, TimeoutException {
    FutureTask<Float> other = new FutureTask<>(() -> slope(7));
    try (Recording recording = Recording.begin()) {
      new Thread(other).start();
      assertThrows(TimeoutException.class, () -> other.get(100, TimeUnit.MILLISECONDS));
    }
    assertEquals(14, other.get(30, TimeUnit.SECONDS));
  }

  @Test
  void aSecondOneOfTheSameThreadIsRefusedAndHarmsNothing() {
    try (Recording recording = Recording.begin()) {
      assertThrows(IllegalStateException.class, Recording::begin);
    }
    assertEquals(6, slope(3));
    assertTrue(slope(-1) < 0);
  }
}
