package io.gnomon.gguf;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

  /** Bytes that a key with its value, and a tensor's description, take at the least. */
  private static final int SMALLEST_ENTRY = 8 + 4 + 1;

  private static final int SMALLEST_TENSOR = 8 + 4 + 8 + 4 + 8;
  private static final int MOST_DIMENSIONS = 4;

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
      String key = cursor.name("key " + (i + 1));
      if (values.put(key, ValueReader.read(cursor, key)) != null) {
        throw cursor.broken("expected each key once, found " + key + " twice");
      }
    }
    GgufMetadata metadata = new GgufMetadata(file, values);
    List<GgufTensor> tensors = new ArrayList<>();
    for (int i = 0; i < tensorCount; i++) {
      tensors.add(tensor(file, cursor, i + 1));
    }
    GgufLayout layout = GgufLayout.of(metadata, cursor.position(), size);
    return new GgufHeader(version, metadata, layout.place(tensors));
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

  /** Its offset counts from the start of the data, and its length is not known to fit yet. */
  private static GgufTensor tensor(Path file, GgufCursor cursor, int number) {
    String name = cursor.name("the name of tensor " + number);
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
}
