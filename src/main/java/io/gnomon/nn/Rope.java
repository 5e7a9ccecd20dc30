package io.gnomon.nn;

/**
 * Rotary position embedding: the angle of pair i at position p is {@code p · frequency(i)}.
 *
 * @param theta base of the frequencies
 * @param scaling how they are stretched for longer contexts
 */
public record Rope(double theta, Scaling scaling) {

  /** How frequencies are stretched. */
  public sealed interface Scaling {}

  /** Not at all. */
  public record Plain() implements Scaling {}

  /** All divided by {@code factor}. */
  public record Linear(double factor) implements Scaling {}

  /**
   * Llama 3: long wavelengths divided by {@code factor}, short ones kept, a ramp between.
   *
   * @param factor divisor of the long wavelengths
   * @param lowFrequency wavelengths above context/lowFrequency are divided
   * @param highFrequency wavelengths below context/highFrequency are kept
   * @param context positions the checkpoint was first trained on
   */
  public record Llama3(double factor, double lowFrequency, double highFrequency, int context)
      implements Scaling {}

  /** Cosines and sines, row-major (positions, headDimension), both halves of a head alike. */
  @SuppressWarnings("ArrayRecordComponent") // a pair of tables, never compared
  public record Table(float[] cos, float[] sin) {}

  /**
   * The table for positions 0 to {@code positions} − 1, in float32 as the checkpoints' makers had
   * it.
   */
  public Table table(int positions, int headDimension) {
    int half = headDimension / 2;
    float[] cos = new float[positions * headDimension];
    float[] sin = new float[positions * headDimension];
    for (int i = 0; i < half; i++) {
      float frequency = (float) frequency(i, headDimension);
      for (int p = 0; p < positions; p++) {
        // float32 product on purpose: at long positions its rounding is part of the model.
        float angle = p * frequency;
        int at = p * headDimension + i;
        cos[at] = cos[at + half] = (float) Math.cos(angle);
        sin[at] = sin[at + half] = (float) Math.sin(angle);
      }
    }
    return new Table(cos, sin);
  }

  private double frequency(int pair, int headDimension) {
    double plain = 1.0 / Math.pow(theta, 2.0 * pair / headDimension);
    if (scaling instanceof Linear linear) {
      return plain / linear.factor();
    }
    return scaling instanceof Llama3 llama3 ? stretched(plain, llama3) : plain;
  }

  private static double stretched(double frequency, Llama3 s) {
    double wavelength = 2 * Math.PI / frequency;
    if (wavelength < s.context() / s.highFrequency()) {
      return frequency;
    }
    if (wavelength > s.context() / s.lowFrequency()) {
      return frequency / s.factor();
    }
    double keep =
        (s.context() / wavelength - s.lowFrequency()) / (s.highFrequency() - s.lowFrequency());
    return (1 - keep) * frequency / s.factor() + keep * frequency;
  }
}
