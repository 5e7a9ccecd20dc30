package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A sorted table as LevelDB has it, which is what a bundle's index is: blocks of entries, each with
 * its checksum, a block that says where these lie, and a footer that says where that one lies.
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;

  /** Two places of at most 20 bytes, padded, and the magic number. */
  private static final int FOOTER = 48;

  /** Behind a block: how it is compressed, and its checksum. */
  private static final int TRAILER = 1 + Integer.BYTES;

  private static final int SNAPPY = 1;

  private final String where;
  private final ByteBuffer file;
  private final Map<String, ByteBuffer> entries = new LinkedHashMap<>();

  private SortedTable(String where, ByteBuffer file) {
    this.where = where;
    this.file = file.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * All entries of the table, in its order.
   *
   * @param where the file, for messages
   * @throws InputException when it is not whole, is damaged or is compressed
   */
  static Map<String, ByteBuffer> read(String where, ByteBuffer file) {
    SortedTable table = new SortedTable(where, file);
    ByteCursor footer = new ByteCursor(where, table.footer());
    footer.varint("the place of the meta index");
    footer.varint("the size of the meta index");
    table.entries(table.block(footer), (last, place) -> table.addBlock(place));
    return table.entries;
  }

  private ByteBuffer footer() {
    int size = file.capacity();
    if (size < FOOTER) {
      throw ByteCursor.broken(where, "expected %d bytes or more, found %d".formatted(FOOTER, size));
    }
    long magic = file.getLong(size - Long.BYTES);
    if (magic != MAGIC) {
      throw ByteCursor.broken(
          where, "expected the magic number %016x at its end, found %016x".formatted(MAGIC, magic));
    }
    return file.slice(size - FOOTER, FOOTER - Long.BYTES);
  }

  private void addBlock(ByteBuffer place) {
    entries(
        block(new ByteCursor(where, place)),
        (key, value) -> entries.put(new String(key, StandardCharsets.UTF_8), value));
  }

  /** The block whose place and size {@code place} gives next, its checksum checked. */
  private ByteBuffer block(ByteCursor place) {
    long offset = place.varint("the place of a block");
    long size = place.varint("the size of a block");
    long room = (long) file.capacity() - FOOTER - TRAILER;
    if (offset < 0 || size < 0 || offset > room || size > room - offset) {
      throw ByteCursor.broken(
          where,
          "expected a block within its %d bytes, found one of %s bytes at %s"
              .formatted(
                  file.capacity(), Long.toUnsignedString(size), Long.toUnsignedString(offset)));
    }
    int end = (int) (offset + size);
    requireChecksum((int) offset, end);
    requirePlain(file.get(end));
    return file.slice((int) offset, (int) size);
  }

  private void requireChecksum(int start, int end) {
    int expected = file.getInt(end + 1);
    int found = Checksum.masked(file.slice(start, end + 1 - start));
    if (expected != found) {
      throw ByteCursor.broken(
          where,
          "expected the checksum %08x of the block at %d, found %08x"
              .formatted(expected, start, found));
    }
  }

  private void requirePlain(byte compression) {
    if (compression != 0) {
      throw new InputException(
          "%s: expected blocks that are not compressed, found %s; take a checkpoint as TensorFlow"
                  .formatted(where, compression == SNAPPY ? "Snappy" : "compression " + compression)
              + " saves it");
    }
  }

  /** Hands on keys and values: a key shares its beginning with the one before it. */
  private void entries(ByteBuffer block, BiConsumer<byte[], ByteBuffer> each) {
    ByteCursor cursor = new ByteCursor(where, withoutRestarts(block));
    byte[] key = {};
    while (cursor.hasMore()) {
      int shared = cursor.length("what a key shares with the one before it");
      int own = cursor.length("the length of a key");
      int length = cursor.length("the length of a value");
      if (shared > key.length) {
        throw ByteCursor.broken(
            where,
            "expected a key to share at most %d bytes with the one before it, found %d"
                .formatted(key.length, shared));
      }
      key = Arrays.copyOf(key, shared + own);
      cursor.take(own, "a key").get(key, shared, own);
      each.accept(key, cursor.take(length, "a value"));
    }
  }

  /** The entries alone: where to start a search, which is listed behind them, is not needed. */
  private ByteBuffer withoutRestarts(ByteBuffer block) {
    int size = block.capacity();
    int words = size / Integer.BYTES;
    int restarts =
        words == 0 ? 0 : block.order(ByteOrder.LITTLE_ENDIAN).getInt(size - Integer.BYTES);
    if (words == 0 || restarts < 0 || restarts >= words) {
      throw ByteCursor.broken(
          where, "expected fewer than %d restarts in a block, found %d".formatted(words, restarts));
    }
    return block.slice(0, size - (restarts + 1) * Integer.BYTES);
  }
}
