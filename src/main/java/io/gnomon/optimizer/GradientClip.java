package io.gnomon.optimizer;

import ai.djl.ndarray.NDArray;

/**
 * Clips the gradient as a whole to a largest L2 norm (Pascanu et al. 2013): its direction stays.
 *
 * @param largest the largest norm let through; 0 clips nothing
 */
public record GradientClip(double largest) {
  /**
   * As {@link #clip}; waits for the device.
   *
   * @return the norm before
   */
  public double apply(Gradients gradients) {
    try (NDArray norm = clip(gradients)) {
      return norm.getFloat();
    }
  }

  /**
   * Scales {@code gradients} down where they are too long; leaves non-finite ones as they are. All
   * of it on the device: the host does not wait.
   *
   * @return the norm before, a scalar in the manager of the first parameter
   */
  public NDArray clip(Gradients gradients) {
    return largest > 0 ? gradients.clip(largest) : gradients.length();
  }
}
