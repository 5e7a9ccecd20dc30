package io.gnomon.export;

/**
 * Rows of numbers as 8-bit integers with a scale each, the largest magnitude being 127: entry ≈
 * value × scale, to half a scale.
 */
final class Scaled {
  private static final float LARGEST = 127;

  private final byte[] values;
  private final float[] scales;

  private Scaled(byte[] values, float[] scales) {
    this.values = values;
    this.scales = scales;
  }

  /** Scales rows of {@code columns} entries; one of zeros has the scale 1. */
  static Scaled rows(float[] rows, int columns) {
    byte[] values = new byte[rows.length];
    float[] scales = new float[rows.length / columns];
    for (int row = 0; row < scales.length; row++) {
      int first = row * columns;
      float largest = 0;
      for (int i = first; i < first + columns; i++) {
        largest = Math.max(largest, Math.abs(rows[i]));
      }
      scales[row] = largest == 0 ? 1 : largest / LARGEST;
      for (int i = first; i < first + columns; i++) {
        values[i] = (byte) Math.rint(rows[i] / scales[row]);
      }
    }
    return new Scaled(values, scales);
  }

  /** Row-major. */
  byte[] values() {
    return values;
  }

  /** The same, columns first. */
  byte[] turned() {
    int rows = scales.length;
    int columns = values.length / rows;
    byte[] turned = new byte[values.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i % columns * rows + i / columns] = values[i];
    }
    return turned;
  }

  /** One a row. */
  float[] scales() {
    return scales;
  }
}
