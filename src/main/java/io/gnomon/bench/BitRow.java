package io.gnomon.bench;

/** Unsigned numbers of a few bits each, one behind the other, highest bit first. */
final class BitRow {
  private final byte[] bytes;
  private int place;

  /** A row with room for {@code bits}, to be written. */
  BitRow(long bits) {
    this(new byte[Math.toIntExact((bits + 7) / 8)]);
  }

  /** A row to be read. */
  BitRow(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bits that numbers below {@code count} need; at least 1. */
  static int width(int count) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(count - 1));
  }

  void put(int value, int width) {
    for (int bit = width - 1; bit >= 0; bit--, place++) {
      bytes[place >> 3] |= (byte) (((value >> bit) & 1) << (7 - (place & 7)));
    }
  }

  int next(int width) {
    int value = 0;
    for (int bit = 0; bit < width; bit++, place++) {
      value = (value << 1) | ((bytes[place >> 3] >> (7 - (place & 7))) & 1);
    }
    return value;
  }

  byte[] bytes() {
    return bytes;
  }
}
