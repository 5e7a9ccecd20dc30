package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.config.ObjectiveConfig.CoefficientConfig;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * c of Algorithm 1: a scalar stepped jointly with the student, or held where it begins; or none,
 * where each batch has its closed form.
 */
public final class Coefficient implements AutoCloseable {
  static final String NAME = "c";

  private final NDArray value;
  private final boolean learned;
  private final boolean closedForm;

  /** c at {@code config.init}; owned by {@code manager}. */
  public Coefficient(NDManager manager, CoefficientConfig config) {
    this.value = manager.create((float) config.init());
    this.closedForm = config.closedForm();
    this.learned = config.learn() && !closedForm;
    value.setRequiresGradient(learned);
  }

  /** The scalar, shape (). */
  NDArray array() {
    return value;
  }

  /** c now; empty where the closed form takes its place. */
  public OptionalDouble value() {
    return closedForm ? OptionalDouble.empty() : OptionalDouble.of(value.getFloat());
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
