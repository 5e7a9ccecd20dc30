package io.gnomon.gguf;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tensors of a GGUF file lie: aligned, in one run from {@code data} to the end, with no
 * more than padding between them.
 *
 * @param file for messages
 * @param data first byte behind the head, aligned
 * @param alignment a power of two
 * @param size bytes of the file
 */
record GgufLayout(Path file, long data, int alignment, long size) {
  private static final String ALIGNMENT = "general.alignment";
  private static final int USUAL_ALIGNMENT = 32;

  /**
   * The layout behind a head of {@code head} bytes.
   *
   * @throws io.gnomon.config.InputException when the alignment is no power of two
   */
  static GgufLayout of(GgufMetadata metadata, long head, long size) {
    int alignment = metadata.positive(ALIGNMENT, USUAL_ALIGNMENT);
    if (Integer.bitCount(alignment) != 1) {
      throw metadata.wrong(ALIGNMENT, "a power of two", Integer.toString(alignment));
    }
    return new GgufLayout(metadata.file(), aligned(head, alignment), alignment, size);
  }

  private static long aligned(long offset, int alignment) {
    return (offset + alignment - 1) / alignment * alignment;
  }

  /**
   * The tensors by name, their offsets counted from the start of the file.
   *
   * @param relative the tensors with offsets from the start of the data
   * @throws io.gnomon.config.InputException when one lies wrong, or two have one name
   */
  Map<String, GgufTensor> place(List<GgufTensor> relative) {
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (GgufTensor tensor : relative) {
      if (tensors.put(tensor.name(), placed(tensor)) != null) {
        throw GgufCursor.broken(
            file, "expected each tensor once, found " + tensor.name() + " twice");
      }
    }
    checkCoverage(tensors);
    return Collections.unmodifiableMap(tensors);
  }

  private GgufTensor placed(GgufTensor tensor) {
    String offset = Long.toUnsignedString(tensor.offset());
    if (tensor.offset() % alignment != 0) {
      throw GgufCursor.broken(
          file,
          "tensor %s: expected an offset that is a multiple of %d, found %s"
              .formatted(tensor.name(), alignment, offset));
    }
    boolean inside =
        tensor.offset() >= 0
            && data <= size
            && tensor.length() <= size - data
            && tensor.offset() <= size - data - tensor.length();
    if (!inside) {
      throw GgufCursor.broken(
          file,
          "tensor %s: expected its %d bytes from offset %s on within the file, found %d bytes in all"
              .formatted(tensor.name(), tensor.length(), offset, size));
    }
    return tensor.movedBy(data);
  }

  private void checkCoverage(Map<String, GgufTensor> tensors) {
    List<GgufTensor> sorted =
        tensors.values().stream().sorted(Comparator.comparingLong(GgufTensor::offset)).toList();
    long expected = data;
    for (GgufTensor tensor : sorted) {
      if (tensor.offset() != expected) {
        throw GgufCursor.broken(
            file,
            "tensor %s: expected at byte %d, right behind the one before it, found at %d"
                .formatted(tensor.name(), expected, tensor.offset()));
      }
      expected = aligned(tensor.end(), alignment);
    }
    if (size > expected) {
      throw GgufCursor.broken(file, "expected %d bytes, found %d".formatted(expected, size));
    }
  }
}
