package io.gnomon.gguf;

import java.util.List;

/**
 * Where a tensor of a GGUF file lies and what it is.
 *
 * @param name its name in the file
 * @param type how its elements are stored
 * @param dimensions its shape in row-major order: the file's dimensions turned round
 * @param offset its first byte in the file
 * @param length its bytes
 */
public record GgufTensor(
    String name, GgmlType type, List<Long> dimensions, long offset, long length) {
  public GgufTensor {
    dimensions = List.copyOf(dimensions);
  }

  /** How many elements it has. */
  public long elements() {
    return length / type.blockBytes() * type.blockSize();
  }

  /** The same tensor so many bytes further on. */
  GgufTensor movedBy(long bytes) {
    return new GgufTensor(name, type, dimensions, offset + bytes, length);
  }

  /** The first byte behind it. */
  long end() {
    return offset + length;
  }
}
