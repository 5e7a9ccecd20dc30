package io.gnomon.tensorflow;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C as LevelDB and TensorFlow store it: turned and shifted, lest it guard its own like. */
final class Checksum {
  private static final int SHIFT = 0xa282ead8;

  private Checksum() {}

  /** Of what remains of {@code bytes}, which stay as they are. */
  static int masked(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return Integer.rotateRight((int) crc.getValue(), 15) + SHIFT;
  }
}
