package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads bytes forwards, numbers little-endian; what lies beyond their end is refused. */
final class ByteCursor {
  private final String where;
  private final ByteBuffer bytes;

  /**
   * Over what remains of {@code bytes}, which stays as it is.
   *
   * @param where the file, for messages
   */
  ByteCursor(String where, ByteBuffer bytes) {
    this.where = where;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether there is more. */
  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /** A number in groups of seven bits, the lowest first; {@code what} it is, for the message. */
  long varint(String what) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte group = need(1, what).get();
      value |= (long) (group & 0x7f) << shift;
      if (group >= 0) {
        return value;
      }
    }
    throw broken(where, "expected " + what + " in at most ten bytes, found more");
  }

  /** As {@link #varint}, of bytes that must follow or of what counts them. */
  int length(String what) {
    long length = varint(what);
    if (length < 0 || length > bytes.capacity()) {
      throw broken(
          where,
          "expected %s of at most %d, found %s"
              .formatted(what, bytes.capacity(), Long.toUnsignedString(length)));
    }
    return (int) length;
  }

  /** Four bytes. */
  int fixed32(String what) {
    return need(Integer.BYTES, what).getInt();
  }

  /** Eight bytes. */
  long fixed64(String what) {
    return need(Long.BYTES, what).getLong();
  }

  /** The next {@code count} bytes. */
  ByteBuffer take(int count, String what) {
    ByteBuffer taken = need(count, what).slice(bytes.position(), count);
    bytes.position(bytes.position() + count);
    return taken;
  }

  private ByteBuffer need(int count, String what) {
    if (bytes.remaining() < count) {
      throw broken(
          where,
          "expected %s of %d bytes, found %d at its end".formatted(what, count, bytes.remaining()));
    }
    return bytes;
  }

  /** That a file is not as the format says; {@code problem} says what was expected and found. */
  static InputException broken(String where, String problem) {
    return new InputException(where + ": " + problem + "; copy or download it again");
  }
}
