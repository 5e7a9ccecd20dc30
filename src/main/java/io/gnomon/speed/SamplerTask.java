package io.gnomon.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.sampler.Sampler;

/** Drawing one batch, as a training step does. */
final class SamplerTask {
  private SamplerTask() {}

  static void run(Sampler sampler, NDManager parent, int batch) {
    try (NDManager local = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = sampler.sample(local, 0, batch); // (B, T, d)
      x.flatten().getFloat(0); // waits for the device
    }
  }
}
