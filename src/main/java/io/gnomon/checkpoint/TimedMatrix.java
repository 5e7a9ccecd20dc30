package io.gnomon.checkpoint;

import io.gnomon.config.InputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of numbers that took long to make, on disk with the seconds that they took.
 *
 * @param values row-major
 * @param width numbers of a row
 * @param seconds that making them took
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of rows, never compared
public record TimedMatrix(float[] values, int width, double seconds) {
  private static final String SECONDS = "seconds";

  /**
   * Reads the tensor called {@code name}.
   *
   * @throws InputException when the file is damaged, or holds others
   */
  public static TimedMatrix read(Path file, String name, long rows, int width) {
    try (SafetensorsFile kept = SafetensorsFile.open(file)) {
      kept.require(name, rows, width);
      return new TimedMatrix(kept.floats(name), width, seconds(file, kept.metadata()));
    }
  }

  private static double seconds(Path file, Map<String, String> metadata) {
    try {
      return Double.parseDouble(metadata.getOrDefault(SECONDS, ""));
    } catch (NumberFormatException e) {
      throw new InputException(
          file
              + ": expected kept numbers with the seconds that they took, found a file without;"
              + " delete it and they are made again",
          e);
    }
  }

  /** Writes it with further texts beside the seconds. */
  public void write(Path file, String name, Map<String, String> texts) {
    long[] shape = {values.length / width, width};
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(SECONDS, Double.toString(seconds));
    metadata.putAll(texts);
    SafetensorsWriter.write(
        file, Map.of(name, new StoredTensor(StoredType.F32, shape, values)), metadata);
  }
}
