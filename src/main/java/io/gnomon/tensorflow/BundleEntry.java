package io.gnomon.tensorflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a variable lies and what it is ({@code BundleEntryProto}).
 *
 * @param name its name in the checkpoint
 * @param type the number of its type ({@code DataType}); 1 is float32
 * @param dimensions its shape in row-major order
 * @param shard which data file holds it, from 0 on
 * @param offset its first byte there
 * @param size its bytes
 * @param checksum its CRC-32C, masked
 * @param sliced whether it lies in several pieces of names of their own
 */
record BundleEntry(
    String name,
    int type,
    List<Long> dimensions,
    long shard,
    long offset,
    long size,
    int checksum,
    boolean sliced) {
  /** {@code DT_FLOAT}. */
  static final int FLOAT = 1;

  /** Bytes that one array can hold. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  BundleEntry {
    dimensions = List.copyOf(dimensions);
  }

  /** The entry called {@code name}. */
  static BundleEntry read(String where, String name, ByteBuffer message) {
    int type = 0;
    List<Long> dimensions = List.of();
    long shard = 0;
    long offset = 0;
    long size = 0;
    int checksum = 0;
    boolean sliced = false;
    for (ProtoField field : ProtoField.all(where, message, "the entry of " + name)) {
      switch (field.number()) {
        case 1 -> type = (int) field.value();
        case 2 -> dimensions = dimensions(where, field.bytes());
        case 3 -> shard = field.value();
        case 4 -> offset = field.value();
        case 5 -> size = field.value();
        case 6 -> checksum = (int) field.value();
        case 7 -> sliced = true;
        default -> {
          // A later version's: what is needed here is all above.
        }
      }
    }
    return new BundleEntry(name, type, dimensions, shard, offset, size, checksum, sliced);
  }

  /** Field 2 of a shape is a dimension, of which field 1 is the size, left out when 0. */
  private static List<Long> dimensions(String where, ByteBuffer shape) {
    List<Long> dimensions = new ArrayList<>();
    for (ProtoField dimension : ProtoField.all(where, shape, "a shape")) {
      if (dimension.number() == 2) {
        dimensions.add(
            ProtoField.all(where, dimension.bytes(), "a dimension").stream()
                .filter(field -> field.number() == 1)
                .mapToLong(ProtoField::value)
                .sum());
      }
    }
    return dimensions;
  }

  /** Whether it is a float32 tensor that an array can hold, with as many bytes as its shape has. */
  boolean isFloat() {
    if (type != FLOAT
        || sliced
        || size > LARGEST
        || dimensions.stream().anyMatch(dimension -> dimension < 1)) {
      return false;
    }
    long elements = size / Float.BYTES;
    for (long dimension : dimensions) {
      if (elements % dimension != 0) {
        return false;
      }
      elements /= dimension;
    }
    return elements == 1 && size % Float.BYTES == 0;
  }

  /** What it is, for a message that a float32 tensor of one piece was expected. */
  String described() {
    return sliced
        ? "one in slices"
        : "type %d of shape %s in %d bytes".formatted(type, dimensions, size);
  }
}
