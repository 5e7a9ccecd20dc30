package io.gnomon.tensorflow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** LevelDB's tables, written from its description of the format and not from our reader. */
final class TableWriter {
  private static final int ENTRIES = 5;
  private static final int RESTART = 3;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final int compression;

  /**
   * @param compression what each block says of itself; none is compressed
   */
  TableWriter(int compression) {
    this.compression = compression;
  }

  /** A table of blocks of five entries, keys in order. */
  byte[] write(Map<String, byte[]> entries) {
    Map<String, byte[]> index = new TreeMap<>();
    List<String> keys = new ArrayList<>(new TreeMap<>(entries).keySet());
    for (int from = 0; from < keys.size(); from += ENTRIES) {
      List<String> some = keys.subList(from, Math.min(from + ENTRIES, keys.size()));
      Map<String, byte[]> block = new TreeMap<>();
      some.forEach(key -> block.put(key, entries.getOrDefault(key, new byte[0])));
      index.put(some.get(some.size() - 1), block(block));
    }
    byte[] meta = block(Map.of());
    byte[] places = block(index);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(meta).put(places).position(40).putLong(0xdb4775248b80fb57L);
    file.writeBytes(footer.array());
    return file.toByteArray();
  }

  /** Appends a block; returns its place. */
  private byte[] block(Map<String, byte[]> entries) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    List<Integer> restarts = new ArrayList<>(List.of(0));
    byte[] last = {};
    int count = 0;
    for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
      byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      if (count > 0 && count % RESTART == 0) {
        restarts.add(block.size());
      } else {
        while (shared < Math.min(last.length, key.length) && last[shared] == key[shared]) {
          shared++;
        }
      }
      varint(block, shared);
      varint(block, key.length - shared);
      varint(block, entry.getValue().length);
      block.write(key, shared, key.length - shared);
      block.writeBytes(entry.getValue());
      last = key;
      count++;
    }
    restarts.forEach(place -> block.writeBytes(fixed32(place)));
    block.writeBytes(fixed32(restarts.size()));
    final int offset = file.size();
    final int size = block.size();
    block.write(compression);
    file.writeBytes(block.toByteArray());
    file.writeBytes(fixed32(masked(block.toByteArray())));
    ByteArrayOutputStream place = new ByteArrayOutputStream();
    varint(place, offset);
    varint(place, size);
    return place.toByteArray();
  }

  static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  static byte[] fixed32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static void varint(ByteArrayOutputStream out, long value) {
    for (; value >>> 7 != 0; value >>>= 7) {
      out.write((int) ((value & 0x7f) | 0x80));
    }
    out.write((int) value);
  }
}
