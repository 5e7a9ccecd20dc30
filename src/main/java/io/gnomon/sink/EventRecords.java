package io.gnomon.sink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * TensorFlow's record format (tensorflow/core/lib/io/record_writer.h), little endian: length of the
 * data (8 bytes), masked CRC-32C of these 8, the data, masked CRC-32C of it.
 */
final class EventRecords {
  private static final int HEAD = 12;
  private static final int TAIL = 4;
  private static final int MASK = 0xa282ead8;

  private EventRecords() {}

  /**
   * One record of a file.
   *
   * @param end the place behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Kept(byte[] data, long end) {}

  /** Data with its length and checksums. */
  static byte[] write(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(HEAD + data.length + TAIL).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), 0, Long.BYTES));
    record.put(data);
    record.putInt(masked(data, 0, data.length));
    return record.array();
  }

  /** The records of a file up to the first that is cut short or damaged. */
  static List<Kept> read(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Kept> records = new ArrayList<>();
    while (bytes.remaining() >= HEAD + TAIL) {
      int start = bytes.position();
      long length = bytes.getLong();
      boolean sound = bytes.getInt() == masked(file, start, Long.BYTES);
      if (!sound || length < 0 || length > bytes.remaining() - TAIL) {
        return records;
      }
      byte[] data = new byte[(int) length];
      bytes.get(data);
      if (bytes.getInt() != masked(data, 0, data.length)) {
        return records;
      }
      records.add(new Kept(data, bytes.position()));
    }
    return records;
  }

  /** Turned and shifted, lest it guard its own like. */
  private static int masked(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
