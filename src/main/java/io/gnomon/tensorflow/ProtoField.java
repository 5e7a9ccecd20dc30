package io.gnomon.tensorflow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of a protocol buffer's message, as it lies there.
 *
 * @param number which field of the message it is
 * @param value of a number; 0 otherwise
 * @param bytes of a text or an inner message; none otherwise
 */
record ProtoField(int number, long value, ByteBuffer bytes) {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /**
   * All fields of {@code message}, in its order.
   *
   * @param where the file, for messages
   * @param what the message
   */
  static List<ProtoField> all(String where, ByteBuffer message, String what) {
    ByteCursor cursor = new ByteCursor(where, message);
    List<ProtoField> fields = new ArrayList<>();
    while (cursor.hasMore()) {
      long tag = cursor.varint(what);
      int number = (int) (tag >>> 3);
      fields.add(
          switch ((int) (tag & 7)) {
            case 0 -> new ProtoField(number, cursor.varint(what), NONE);
            case 1 -> new ProtoField(number, cursor.fixed64(what), NONE);
            case 2 -> new ProtoField(number, 0, cursor.take(cursor.length(what), what));
            case 5 -> new ProtoField(number, cursor.fixed32(what), NONE);
            default ->
                throw ByteCursor.broken(
                    where,
                    "%s: expected a wire type of 0, 1, 2 or 5".formatted(what)
                        + ", found "
                        + (tag & 7));
          });
    }
    return fields;
  }
}
