package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.util.Arrays;

/** The element types of the safetensors format, by the names its headers use. */
public enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1),
  F8_E4M3(1),
  F8_E5M2(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether it widens to float32 without loss: what {@link TensorSource#floats} reads. */
  public boolean widens() {
    return this == F32 || this == F16 || this == BF16;
  }

  /**
   * The type a header calls {@code name}.
   *
   * @throws InputException when there is none
   */
  public static StoredType of(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new InputException(
        "unknown dtype '" + name + "'; known are " + Arrays.toString(values()));
  }
}
