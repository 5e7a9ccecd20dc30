package io.gnomon.geometry;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The quantities of a projection between sampled functions g (teacher) and h (student): DESIGN §1.
 * Angles are radians. All methods refuse functions of differing shapes with an {@link
 * IllegalArgumentException}.
 */
public final class Geometry {
  private Geometry() {}

  /**
   * α, the angle between g and h, in 0 … π (Eq. 15: arccos(⟨g,h⟩ / (‖g‖‖h‖))).
   *
   * <p>Computed as 2·atan2(‖u − v‖, ‖u + v‖) on u = g/‖g‖ and v = h/‖h‖ (W. Kahan, "How Futile are
   * Mindless Assessments of Roundoff in Floating-Point Computation?", §12): the arccosine loses
   * half of the digits where the angle is small, which is where a projection ends.
   *
   * @throws IllegalArgumentException when g or h is zero everywhere: there is no angle to zero
   */
  public static double angle(SampledFunction g, SampledFunction h) {
    SampledFunction u = unit(g, "g");
    SampledFunction v = unit(h, "h");
    return 2 * Math.atan2(u.minus(v).norm(), u.plus(v).norm());
  }

  /**
   * c* = ⟨g,h⟩ / ⟨h,h⟩, the coefficient that brings c·h closest to g (Eq. 7).
   *
   * @throws IllegalArgumentException when h is zero everywhere
   */
  public static double closedFormCoefficient(SampledFunction g, SampledFunction h) {
    double square = h.inner(h);
    requirePositive(square, "h");
    return g.inner(h) / square;
  }

  /**
   * α_c = arccos(c‖h‖ / ‖g‖), the angle as the paper derives it from the learned c (Eq. 16). It is
   * the angle only when c = c*; empty where |c|‖h‖ exceeds ‖g‖ and no such angle exists.
   *
   * @throws IllegalArgumentException when g is zero everywhere or c is not finite
   */
  public static OptionalDouble learnedAngle(double c, SampledFunction g, SampledFunction h) {
    if (!Double.isFinite(c)) {
      throw new IllegalArgumentException("c is " + c + ", expected a finite number");
    }
    double norm = g.norm();
    requirePositive(norm, "g");
    double cosine = c * h.norm() / norm;
    if (Math.abs(cosine) > 1) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.atan2(Math.sqrt((1 - cosine) * (1 + cosine)), cosine));
  }

  /**
   * α_0, the angle between g and the best constant function: what a student that ignores its input
   * can reach. A student is worth something only as far as its α lies below this floor.
   *
   * <p>Let ḡ be the mean of g over the samples and a any constant function. Then ⟨g,a⟩ = ḡ·a and
   * ‖a‖ = |a|, so cos α = ḡ·a / (‖g‖|a|), by Cauchy–Schwarz largest at a ∥ ḡ: cos α_0 = |ḡ| / ‖g‖.
   * As g − ḡ is orthogonal to every constant, ‖g‖² = |ḡ|² + ‖g − ḡ‖² and tan α_0 = ‖g − ḡ‖ / |ḡ|,
   * which keeps its digits where g hardly varies.
   *
   * @throws IllegalArgumentException when g is zero everywhere
   */
  public static double floor(SampledFunction g) {
    requirePositive(g.norm(), "g");
    SampledFunction mean = g.mean();
    return Math.atan2(g.minus(mean).norm(), mean.norm());
  }

  /**
   * Spread of g over the samples: the square root of the mean over its K coordinates of the
   * (population) variance over samples. With two classes this is the standard deviation of
   * P(class).
   */
  public static double spread(SampledFunction g) {
    return g.minus(g.mean()).norm() / Math.sqrt(g.coordinates());
  }

  /** Share of the samples, 0 … 1, at which g and h put the same class first. */
  public static double agreement(SampledFunction g, SampledFunction h) {
    if (g.samples() != h.samples() || g.coordinates() != h.coordinates()) {
      throw new IllegalArgumentException("agreement: g and h differ in shape");
    }
    int[] left = g.argmax();
    int[] right = h.argmax();
    int same = 0;
    for (int i = 0; i < left.length; i++) {
      same += left[i] == right[i] ? 1 : 0;
    }
    return (double) same / left.length;
  }

  /**
   * Share of the samples, 0 … 1, at which g puts its most frequent class first: the agreement that
   * the best constant reaches, and so the floor under {@link #agreement}.
   */
  public static double agreementFloor(SampledFunction g) {
    int[] counts = new int[g.coordinates()];
    for (int k : g.argmax()) {
      counts[k]++;
    }
    return (double) Arrays.stream(counts).max().orElse(0) / g.samples();
  }

  private static SampledFunction unit(SampledFunction function, String name) {
    double norm = function.norm();
    requirePositive(norm, name);
    return function.times(1 / norm);
  }

  private static void requirePositive(double norm, String name) {
    if (!(norm > 0)) {
      throw new IllegalArgumentException(name + " is zero at every sample: it has no direction");
    }
  }
}
