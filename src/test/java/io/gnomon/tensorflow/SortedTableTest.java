package io.gnomon.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gnomon.Messages;
import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table in an index, byte by byte. */
class SortedTableTest {
  private static final byte[] NOTHING = {0, 0, 0, 0, 1, 0, 0, 0, 0};

  @Test
  void theChecksumIsTensorFlows() {
    // The empty block that ends the index of the real BERT, and the checksum that follows it there.
    assertEquals(0xb0a1f2c0, Checksum.masked(ByteBuffer.wrap(NOTHING)));
  }

  @Test
  void aTableByHand() {
    // "a" is 7; "ab" shares one byte with it and is 8 9; one restart, at 0; not compressed.
    byte[] data = {0, 1, 1, 'a', 7, 1, 1, 2, 'b', 8, 9, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    // The data lie at 0 and are 19 bytes long.
    byte[] index = {0, 1, 2, 'b', 0, 19, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    Map<String, ByteBuffer> table = SortedTable.read("hand", table(data, NOTHING, index));
    assertEquals(List.of("a", "ab"), List.copyOf(table.keySet()));
    assertArrayEquals(new byte[] {7}, bytes(table, "a"));
    assertArrayEquals(new byte[] {8, 9}, bytes(table, "ab"));
  }

  /** Three blocks, each with its checksum, and the footer: meta index at 24, 8; index at 37, 14. */
  private static ByteBuffer table(byte[] data, byte[] meta, byte[] index) {
    ByteBuffer file = ByteBuffer.allocate(24 + 13 + 19 + 48).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] block : List.of(data, meta, index)) {
      file.put(block).putInt(TableWriter.masked(block));
    }
    file.put(new byte[] {24, 8, 37, 14});
    return file.putLong(file.capacity() - 8, 0xdb4775248b80fb57L).clear();
  }

  @Test
  void whatAKeySharesMustBeThere() {
    byte[] data = {0, 1, 1, 'a', 7, 2, 1, 2, 'b', 8, 9, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    byte[] index = {0, 1, 2, 'b', 0, 19, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    assertEquals(
        "hand: expected a key to share at most 1 bytes with the one before it, found 2; copy or"
            + " download it again",
        Messages.of(
            InputException.class, () -> SortedTable.read("hand", table(data, NOTHING, index))));
  }

  @Test
  void manyBlocksComeBack() {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 101; i++) {
      entries.put("layer_" + i + "/kernel", new byte[] {(byte) i, 3});
    }
    Map<String, ByteBuffer> table =
        SortedTable.read("many", ByteBuffer.wrap(new TableWriter(0).write(entries)));
    assertEquals(List.copyOf(entries.keySet()), List.copyOf(table.keySet()));
    entries.forEach((key, value) -> assertArrayEquals(value, bytes(table, key), key));
  }

  @Test
  void aCompressedBlockIsRefused() {
    byte[] file = new TableWriter(1).write(Map.of("a", new byte[] {7}));
    assertEquals(
        "x: expected blocks that are not compressed, found Snappy; take a checkpoint as TensorFlow"
            + " saves it",
        Messages.of(InputException.class, () -> SortedTable.read("x", ByteBuffer.wrap(file))));
  }

  /** Whatever byte is damaged, the table is the same or refused with one line. */
  @Test
  void everyDamagedByteIsFound() {
    Map<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 13; i++) {
      entries.put("variable" + i * 7, new byte[] {(byte) i});
    }
    byte[] whole = new TableWriter(0).write(entries);
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x15;
      try {
        assertEquals(entries.size(), SortedTable.read("x", ByteBuffer.wrap(damaged)).size());
      } catch (InputException e) {
        assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
        refused++;
      }
    }
    // The padding and the place of the meta index, which is not needed, may be anything.
    assertTrue(refused > whole.length - 60, refused + " of " + whole.length);
  }

  private static byte[] bytes(Map<String, ByteBuffer> table, String key) {
    ByteBuffer value = table.getOrDefault(key, ByteBuffer.allocate(0));
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }
}
