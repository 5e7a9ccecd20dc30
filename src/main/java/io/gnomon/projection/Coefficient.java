package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.ObjectiveConfig.CoefficientConfig;
import java.util.Map;

/** c of Algorithm 1: a scalar stepped jointly with the student, or held where it begins. */
public final class Coefficient implements AutoCloseable {
  static final String NAME = "c";

  private final NDArray value;
  private final boolean learned;

  /** c at {@code config.init}; owned by {@code manager}. */
  public Coefficient(NDManager manager, CoefficientConfig config) {
    this.value = manager.create((float) config.init());
    this.learned = config.learn();
    value.setRequiresGradient(learned);
  }

  /** The scalar, shape (). */
  NDArray array() {
    return value;
  }

  /** c now. */
  public double value() {
    return value.getFloat();
  }

  /** What the optimizer steps: c under its name, or nothing. */
  Map<String, NDArray> parameters() {
    return learned ? Map.of(NAME, value) : Map.of();
  }

  @Override
  public void close() {
    value.close();
  }
}
