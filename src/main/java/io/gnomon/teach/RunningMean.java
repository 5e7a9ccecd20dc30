package io.gnomon.teach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.tensor.InPlace;
import io.gnomon.tensor.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Running mean of the weights (Polyak averaging): what the last steps jumped about is smoothed out,
 * and the teacher answers better for it. The decay of step t is at most (1 + t) / (10 + t), so that
 * the random start is soon forgotten.
 */
final class RunningMean implements AutoCloseable {
  private final double decay;
  private final NDManager manager;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Kernels kernels =
      Kernels.load(RunningMean.class, "teach.ts.py", Map.of("DROPOUT", "0.0"));

  RunningMean(NDManager parent, Map<String, NDArray> parameters, double decay) {
    this.decay = decay;
    this.manager = parent.newSubManager();
    parameters.forEach(
        (name, value) -> {
          NDArray copy = manager.create(value.toFloatArray(), value.getShape());
          means.put(name, copy);
        });
  }

  /** Takes in the weights behind step {@code step}, counted from 1. */
  void update(Map<String, NDArray> parameters, long step) {
    float rate = (float) Math.min(decay, (1.0 + step) / (10.0 + step));
    try (NDArray number = manager.create(rate)) {
      means.forEach(
          (name, mean) ->
              kernels.callOne("average", false, mean, value(parameters, name), number).close());
    }
  }

  private static NDArray value(Map<String, NDArray> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  /** Overwrites {@code parameters} with the means. */
  void copyTo(Map<String, NDArray> parameters) {
    means.forEach((name, mean) -> InPlace.assign(value(parameters, name), mean.toFloatArray()));
  }

  /** The means by name; live arrays. */
  Map<String, NDArray> arrays() {
    return means;
  }

  @Override
  public void close() {
    manager.close();
  }
}
