package io.gnomon.gguf;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a GGUF file, checked in full: magic, version, counts, keys and values, tensors; then,
 * aligned, the data, which the tensors must cover with no more than padding between them.
 *
 * @param version 2 or 3
 * @param metadata its keys and values
 * @param tensors by name, in the order of the file
 */
record GgufHeader(int version, GgufMetadata metadata, Map<String, GgufTensor> tensors) {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final String ALIGNMENT = "general.alignment";
  private static final int USUAL_ALIGNMENT = 32;

  /** Bytes that a key with its value, and a tensor's description, take at the least. */
  private static final int SMALLEST_ENTRY = 8 + 4 + 1;

  private static final int SMALLEST_TENSOR = 8 + 4 + 8 + 4 + 8;
  private static final int MOST_DIMENSIONS = 4;
  private static final int DEEPEST = 4;

  /**
   * Reads and checks the head.
   *
   * @param bytes the file from its start, or as much of it as a buffer holds; little-endian
   * @param size bytes of the file
   * @throws io.gnomon.config.InputException when any of it is not as the format says
   */
  static GgufHeader read(Path file, ByteBuffer bytes, long size) {
    GgufCursor cursor = new GgufCursor(file, bytes);
    int version = version(cursor);
    int tensorCount = cursor.count(SMALLEST_TENSOR, "the tensors");
    int entryCount = cursor.count(SMALLEST_ENTRY, "the metadata");
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (int i = 0; i < entryCount; i++) {
      String key = cursor.text("key " + (i + 1));
      if (values.put(key, value(cursor, cursor.bits32(key), key, 0)) != null) {
        throw cursor.broken("expected each key once, found " + key + " twice");
      }
    }
    GgufMetadata metadata = new GgufMetadata(file, values);
    List<GgufTensor> tensors = new ArrayList<>();
    for (int i = 0; i < tensorCount; i++) {
      tensors.add(tensor(file, cursor, i + 1));
    }
    int alignment = alignment(metadata);
    long data = aligned(cursor.position(), alignment);
    return new GgufHeader(
        version, metadata, placed(file, tensors, new Layout(data, alignment, size)));
  }

  private static int version(GgufCursor cursor) {
    int magic = cursor.bits32("the magic number");
    if (magic != MAGIC) {
      throw cursor.broken(
          "expected the four letters GGUF at its start, found the bytes "
              + "%08x".formatted(Integer.reverseBytes(magic)));
    }
    int version = cursor.bits32("the version");
    if (version == 2 || version == 3) {
      return version;
    }
    int turned = Integer.reverseBytes(version);
    String found =
        turned == 2 || turned == 3
            ? "version " + turned + " in big-endian order"
            : Integer.toUnsignedString(version);
    throw cursor.broken("expected GGUF version 2 or 3, found " + found);
  }

  private static GgufValue value(GgufCursor cursor, int type, String key, int depth) {
    return switch (type) {
      case 0 -> whole(cursor.bits8(key) & 0xff);
      case 1 -> whole(cursor.bits8(key));
      case 2 -> whole(cursor.bits16(key) & 0xffff);
      case 3 -> whole(cursor.bits16(key));
      case 4 -> whole(Integer.toUnsignedLong(cursor.bits32(key)));
      case 5 -> whole(cursor.bits32(key));
      case 6 -> new GgufValue.Real(shortest(Float.intBitsToFloat(cursor.bits32(key))));
      case 7 -> flag(cursor, key);
      case 8 -> new GgufValue.Text(cursor.text(key));
      case 9 -> items(cursor, key, depth);
      case 10 -> new GgufValue.Whole(new BigInteger(Long.toUnsignedString(cursor.bits64(key))));
      case 11 -> whole(cursor.bits64(key));
      case 12 -> new GgufValue.Real(Double.longBitsToDouble(cursor.bits64(key)));
      default ->
          throw cursor.broken(
              "%s: expected a type of value from 0 to 12, found %s"
                  .formatted(key, Integer.toUnsignedString(type)));
    };
  }

  private static GgufValue whole(long value) {
    return new GgufValue.Whole(BigInteger.valueOf(value));
  }

  /** 1e-5 in float32 is meant as 1e-5, not as the 9.999999747378752e-06 that it widens to. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static GgufValue flag(GgufCursor cursor, String key) {
    byte stored = cursor.bits8(key);
    if (stored != 0 && stored != 1) {
      throw cursor.broken(key + ": expected a boolean, 0 or 1, found " + stored);
    }
    return new GgufValue.Flag(stored == 1);
  }

  private static GgufValue items(GgufCursor cursor, String key, int depth) {
    if (depth == DEEPEST) {
      throw cursor.broken(key + ": expected arrays at most " + DEEPEST + " deep, found deeper");
    }
    int type = cursor.bits32(key);
    int count = cursor.items("the array of " + key);
    List<GgufValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(cursor, type, key, depth + 1));
    }
    return new GgufValue.Items(values);
  }

  /** Its offset counts from the start of the data, and its length is not known to fit yet. */
  private static GgufTensor tensor(Path file, GgufCursor cursor, int number) {
    String name = cursor.text("the name of tensor " + number);
    int count = cursor.bits32(name);
    if (count < 1 || count > MOST_DIMENSIONS) {
      throw cursor.broken(
          "tensor %s: expected 1 to %d dimensions, found %s"
              .formatted(name, MOST_DIMENSIONS, Integer.toUnsignedString(count)));
    }
    List<Long> dimensions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dimensions.add(cursor.bits64(name));
    }
    Collections.reverse(dimensions);
    GgmlType type = GgmlType.of(cursor.bits32(name), file + ": tensor " + name);
    long offset = cursor.bits64(name);
    return new GgufTensor(name, type, dimensions, offset, bytes(cursor, name, dimensions, type));
  }

  private static long bytes(GgufCursor cursor, String name, List<Long> dimensions, GgmlType type) {
    long width = dimensions.get(dimensions.size() - 1);
    if (dimensions.stream().anyMatch(dimension -> dimension < 1)) {
      throw cursor.broken(
          "tensor %s: expected dimensions of 1 and more, found %s".formatted(name, dimensions));
    }
    if (width % type.blockSize() != 0) {
      throw cursor.broken(
          "tensor %s: expected rows that are whole %s blocks of %d, found rows of %d"
              .formatted(name, type, type.blockSize(), width));
    }
    try {
      long elements = dimensions.stream().reduce(1L, Math::multiplyExact);
      return Math.multiplyExact(elements / type.blockSize(), (long) type.blockBytes());
    } catch (ArithmeticException e) {
      throw cursor.broken(
          "tensor %s: expected fewer than 2⁶³ bytes, found the shape %s"
              .formatted(name, dimensions));
    }
  }

  private static int alignment(GgufMetadata metadata) {
    int alignment = metadata.positive(ALIGNMENT, USUAL_ALIGNMENT);
    if (Integer.bitCount(alignment) != 1) {
      throw metadata.wrong(ALIGNMENT, "a power of two", Integer.toString(alignment));
    }
    return alignment;
  }

  private static long aligned(long offset, int alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }

  /** Where the data lies. */
  private record Layout(long data, int alignment, long size) {}

  private static Map<String, GgufTensor> placed(
      Path file, List<GgufTensor> relative, Layout layout) {
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (GgufTensor tensor : relative) {
      GgufTensor placed = placed(file, tensor, layout);
      if (tensors.put(tensor.name(), placed) != null) {
        throw GgufCursor.broken(
            file, "expected each tensor once, found " + tensor.name() + " twice");
      }
    }
    checkCoverage(file, tensors, layout);
    return Collections.unmodifiableMap(tensors);
  }

  private static GgufTensor placed(Path file, GgufTensor tensor, Layout layout) {
    if (tensor.offset() % layout.alignment != 0) {
      throw GgufCursor.broken(
          file,
          "tensor %s: expected an offset that is a multiple of %d, found %s"
              .formatted(tensor.name(), layout.alignment, Long.toUnsignedString(tensor.offset())));
    }
    boolean inside =
        tensor.offset() >= 0
            && layout.data <= layout.size
            && tensor.length() <= layout.size - layout.data
            && tensor.offset() <= layout.size - layout.data - tensor.length();
    if (!inside) {
      throw GgufCursor.broken(
          file,
          "tensor %s: expected its %d bytes from offset %s on within the file, found a file of %d bytes"
              .formatted(
                  tensor.name(),
                  tensor.length(),
                  Long.toUnsignedString(tensor.offset()),
                  layout.size));
    }
    return new GgufTensor(
        tensor.name(),
        tensor.type(),
        tensor.dimensions(),
        layout.data + tensor.offset(),
        tensor.length());
  }

  private static void checkCoverage(Path file, Map<String, GgufTensor> tensors, Layout layout) {
    List<GgufTensor> sorted =
        tensors.values().stream().sorted(Comparator.comparingLong(GgufTensor::offset)).toList();
    long expected = layout.data;
    for (GgufTensor tensor : sorted) {
      if (tensor.offset() != expected) {
        throw GgufCursor.broken(
            file,
            "tensor %s: expected at byte %d, right behind the one before it, found at %d"
                .formatted(tensor.name(), expected, tensor.offset()));
      }
      expected = aligned(tensor.end(), layout.alignment);
    }
    if (layout.size > expected) {
      throw GgufCursor.broken(file, "expected %d bytes, found %d".formatted(expected, layout.size));
    }
  }
}
