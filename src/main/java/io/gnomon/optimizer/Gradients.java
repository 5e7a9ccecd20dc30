package io.gnomon.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The gradients of one step, by parameter name. Take it after the backward pass and close it with
 * the step: the handles that it holds would otherwise stay with the model.
 */
public final class Gradients implements AutoCloseable {
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  private Gradients(Map<String, NDArray> parameters) {
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getGradient()));
  }

  /** The gradients of {@code parameters}, all of which a backward pass has reached. */
  public static Gradients of(Map<String, NDArray> parameters) {
    return new Gradients(parameters);
  }

  /**
   * ‖∇‖₂ over all gradients taken as one vector; waits for the device once. NaN or infinite as soon
   * as one of them is.
   */
  public double norm() {
    try (NDArray norm = length()) {
      return norm.getFloat();
    }
  }

  /** {@link #norm} as a scalar on the device. */
  NDArray length() {
    return TensorLists.call("norm", lists());
  }

  /**
   * Scales every gradient down, in place, so that their norm is at most {@code largest}; those that
   * are not finite stay.
   *
   * @return the norm before, a scalar on the device
   */
  NDArray clip(double largest) {
    NDManager owner = arrays.values().iterator().next().getManager();
    try (NDManager host = owner.newSubManager(Device.cpu())) {
      return TensorLists.call("clip", lists(), host.create(largest));
    }
  }

  /**
   * Sets every gradient to zero: the next backward pass adds to what is there. A true zero, also
   * where a gradient was NaN (DJL's own way subtracts it from itself).
   */
  public void zero() {
    TensorLists.call("zero", lists()).close();
  }

  /** Names of the parameters whose gradient has a NaN or infinite entry. */
  public List<String> nonFinite() {
    return NonFinite.namesIn(arrays);
  }

  /** The gradient of the parameter {@code name}; valid until {@link #close}. */
  NDArray get(String name) {
    NDArray gradient = arrays.get(name);
    if (gradient == null) {
      throw new IllegalArgumentException("no gradient of " + name + " among " + arrays.keySet());
    }
    return gradient;
  }

  private List<List<NDArray>> lists() {
    return List.of(new ArrayList<>(arrays.values()));
  }

  @Override
  public void close() {
    arrays.values().forEach(NDArray::close);
  }
}
