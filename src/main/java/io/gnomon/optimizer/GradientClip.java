package io.gnomon.optimizer;

/**
 * Clips the gradient as a whole to a largest L2 norm (Pascanu et al. 2013): its direction stays.
 *
 * @param largest the largest norm let through; 0 clips nothing
 */
public record GradientClip(double largest) {
  /**
   * Scales {@code gradients} down where they are too long; leaves non-finite ones as they are.
   *
   * @return the norm before
   */
  public double apply(Gradients gradients) {
    double norm = gradients.norm();
    if (largest > 0 && norm > largest && Double.isFinite(norm)) {
      gradients.scale(largest / norm);
    }
    return norm;
  }
}
