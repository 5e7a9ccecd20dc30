package io.gnomon.export;

import java.util.Locale;

/** How the matrices of an exported student are stored; vectors are always float32. */
public enum ExportPrecision {
  /** float32. */
  FP32(4),
  /** float16 on disk, widened to float32 when the model is opened. */
  FP16(2),
  /**
   * 8 bits: matrices scaled per output, tables per row; activations scaled when they are there
   * (dynamic), products of 8-bit numbers summed in 32 bits.
   */
  INT8(1);

  private final int bytes;

  ExportPrecision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of an entry of a matrix. */
  int bytes() {
    return bytes;
  }

  /** As it is written: {@code fp32}, {@code fp16}, {@code int8}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
