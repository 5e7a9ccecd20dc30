package io.gnomon.sink;

import com.google.protobuf.CodedOutputStream;
import io.gnomon.trace.TraceRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * TensorFlow's {@code Event} message (tensorflow/core/util/event.proto and
 * framework/summary.proto): wall_time = 1, step = 2, file_version = 3, summary = 5; of a summary's
 * value, tag = 1 and simple_value = 2. The time comes first, in {@value #TIME} bytes, and is all of
 * it that two writings of one row differ in.
 */
final class ScalarEvent {
  /** A key and a double. */
  static final int TIME = 9;

  private ScalarEvent() {}

  /** The first event of a file. */
  static byte[] version(double seconds) {
    return message(
        out -> {
          out.writeDouble(1, seconds);
          out.writeString(3, "brain.Event:2");
        });
  }

  /** A row's numbers, in float32 as TensorBoard has them. */
  static byte[] of(TraceRow row, double seconds) {
    return message(
        out -> {
          out.writeDouble(1, seconds);
          out.writeInt64(2, row.step());
          out.writeByteArray(5, message(summary -> values(row, summary)));
        });
  }

  private static void values(TraceRow row, CodedOutputStream summary) throws IOException {
    for (Map.Entry<String, Double> scalar : scalars(row).entrySet()) {
      summary.writeByteArray(
          1,
          message(
              value -> {
                value.writeString(1, scalar.getKey());
                value.writeFloat(2, scalar.getValue().floatValue());
              }));
    }
  }

  /** A row's numbers under the names that {@code trace.jsonl} has for them. */
  static Map<String, Double> scalars(TraceRow row) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    row.values().forEach((measure, value) -> scalars.put(measure.key(), value));
    row.lossParts().forEach((name, value) -> scalars.put("loss_parts/" + name, value));
    return scalars;
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
  }
}
