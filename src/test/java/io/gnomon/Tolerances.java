package io.gnomon;

/** How far a result may lie from its reference, and why. */
public final class Tolerances {
  /**
   * float32 against an independent float32 implementation, relative to the largest entry: sums run
   * in another order, and every layer adds some ulps (1.2e-7 each).
   */
  public static final double FP32 = 1e-4;

  /**
   * The reference of stories15M itself lies 1.7e-4 from transformers 5.18 in float32 on the very
   * same file (its producer rounded elsewhere); the tiny goldens, at 4e-7, are the sharp test.
   */
  public static final double STORIES = 1e-3;

  /** bfloat16 keeps 8 bits: products carry up to 2⁻⁹ each, of which a few layers make this much. */
  public static final double BF16 = 2e-2;

  private Tolerances() {}

  /**
   * Largest difference between the two, as a share of the largest magnitude in {@code expected}.
   */
  public static double relative(float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError("lengths " + expected.length + " and " + actual.length);
    }
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      // NaN must fail, and Math.max keeps it.
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
    }
    return difference / largest;
  }
}
