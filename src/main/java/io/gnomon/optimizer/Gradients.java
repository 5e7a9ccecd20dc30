package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
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
    try (NDArray norm = TensorLists.call("norm", lists())) {
      return norm.getFloat();
    }
  }

  /** Multiplies every gradient by {@code factor}, in place. */
  public void scale(double factor) {
    NDArray first = arrays.values().iterator().next();
    try (NDArray number = first.getManager().create(factor)) {
      TensorLists.call("scale", lists(), number).close();
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
