package io.gnomon.tensor;

/** Arithmetic of a model's matrix products. Sums of log-probabilities and losses stay float32. */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32(6, 4),
  /** bfloat16 operands, float32 accumulation. */
  BF16(15, 2),
  /** float16 operands, float32 accumulation; slow on CPUs (no native product there). */
  FP16(5, 2);

  private final int scalarType;
  private final int bytes;

  Precision(int scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** The number by which TorchScript names this type ({@code c10::ScalarType}). */
  public int scalarType() {
    return scalarType;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }
}
