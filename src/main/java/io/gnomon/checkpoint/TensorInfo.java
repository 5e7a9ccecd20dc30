package io.gnomon.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor lies and what it is.
 *
 * @param name its name in the checkpoint
 * @param type how its elements are stored
 * @param dimensions its shape, empty for a scalar
 * @param file the file that holds it
 * @param offset its first byte in that file
 * @param length its bytes
 */
public record TensorInfo(
    String name, StoredType type, List<Long> dimensions, Path file, long offset, long length) {
  public TensorInfo {
    dimensions = List.copyOf(dimensions);
  }

  /** The shape, a fresh array. */
  public long[] shape() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  /** How many elements it has; 1 for a scalar. */
  public long elements() {
    return length / type.bytes();
  }

  /** Whether its shape is exactly {@code shape}. */
  public boolean hasShape(long... shape) {
    return Arrays.equals(shape(), shape);
  }
}
