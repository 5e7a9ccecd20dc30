package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/**
 * Watches over a course of steps from the device: from the first on whose loss or gradient norm is
 * NaN or infinite, nothing that asks this guard is written any more. The host may look whenever it
 * likes, and finds everything as it was before that step.
 */
public final class StepGuard implements AutoCloseable {
  private final NDManager manager;
  private final NDArray bad; // () float32, 1 from the first bad step on
  private final NDArray seen; // (2) float32, loss and norm of that step

  /**
   * @param parent owner of what is watched with; its device is the steps'
   */
  public StepGuard(NDManager parent) {
    this.manager = parent.newSubManager();
    this.bad = manager.zeros(new Shape(), DataType.FLOAT32);
    this.seen = manager.zeros(new Shape(2), DataType.FLOAT32);
  }

  /**
   * Takes in a step before it is made.
   *
   * @param loss its loss, a scalar
   * @param norm L2 norm of its gradients, a scalar
   */
  public void watch(NDArray loss, NDArray norm) {
    TensorLists.write("guard", bad, seen, loss, norm);
  }

  /** A float32 scalar on the device: 1 from the first bad step on, 0 before. Not to be closed. */
  public NDArray bad() {
    return bad;
  }

  /** Whether a step was not finite; waits for the device. */
  public boolean tripped() {
    return bad.getFloat() > 0;
  }

  /**
   * What was wrong with the step that tripped it.
   *
   * @param gradients of that step, made once more
   * @param parameters as that step found them
   */
  public NonFinite found(Gradients gradients, Map<String, NDArray> parameters) {
    float[] numbers = seen.toFloatArray();
    return NonFinite.of(numbers[0], numbers[1], gradients, parameters);
  }

  @Override
  public void close() {
    manager.close();
  }
}
