package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a TensorFlow checkpoint, its index checked in full when it is opened, each
 * variable against its checksum whenever it is read.
 */
final class TensorBundle {
  private final Checkpoint checkpoint;
  private final int shards;
  private final Map<String, BundleEntry> entries;
  private @Nullable BundleEntry read;
  private FloatBuffer values = FloatBuffer.allocate(0);

  private TensorBundle(Checkpoint checkpoint, int shards, Map<String, BundleEntry> entries) {
    this.checkpoint = checkpoint;
    this.shards = shards;
    this.entries = entries;
  }

  /**
   * Reads the index and checks that the data files are there and long enough.
   *
   * @throws InputException when they are not, or any of it is not as the format says
   */
  static TensorBundle open(Checkpoint checkpoint) {
    String index = checkpoint.index();
    String where = checkpoint.files().label(index);
    if (!checkpoint.files().sizes().containsKey(index)) {
      throw new InputException(
          where + ": expected a checkpoint's index, found none; check the path");
    }
    Map<String, ByteBuffer> table = SortedTable.read(where, checkpoint.whole(index));
    ByteBuffer header = table.get("");
    if (header == null) {
      throw ByteCursor.broken(where, "expected a bundle's header, found none");
    }
    int shards = BundleHeader.read(where, header).shards();
    Map<String, BundleEntry> entries = new TreeMap<>();
    table.forEach(
        (name, message) -> {
          if (!name.isEmpty()) {
            entries.put(name, BundleEntry.read(where, name, message));
          }
        });
    TensorBundle bundle = new TensorBundle(checkpoint, shards, entries);
    bundle.requireShards();
    entries.values().forEach(bundle::requireInside);
    return bundle;
  }

  private void requireShards() {
    for (String name : shardNames()) {
      if (!checkpoint.files().sizes().containsKey(name)) {
        throw new InputException(
            "%s: expected this data file of %d, found none; copy all files of the checkpoint"
                .formatted(checkpoint.files().label(name), shards));
      }
    }
  }

  private List<String> shardNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      names.add(checkpoint.shard(i, shards));
    }
    return names;
  }

  private void requireInside(BundleEntry entry) {
    if (entry.shard() < 0 || entry.shard() >= shards) {
      throw ByteCursor.broken(
          where(),
          "variable %s: expected a data file from 0 to %d, found %d"
              .formatted(entry.name(), shards - 1, entry.shard()));
    }
    String shard = checkpoint.shard(entry.shard(), shards);
    long size = checkpoint.files().sizes().getOrDefault(shard, 0L);
    if (entry.offset() < 0 || entry.size() < 0 || entry.size() > size - entry.offset()) {
      throw ByteCursor.broken(
          checkpoint.files().label(shard),
          "variable %s: expected %d bytes from %d on, found %d in all"
              .formatted(entry.name(), entry.size(), entry.offset(), size));
    }
  }

  /** The index, for messages. */
  String where() {
    return checkpoint.files().label(checkpoint.index());
  }

  /** All variables by name. */
  Map<String, BundleEntry> entries() {
    return entries;
  }

  /** SHA-256 of the archive, or of the lines of the index and the data files. */
  String sha256() {
    List<String> names = new ArrayList<>(shardNames());
    names.add(checkpoint.index());
    return checkpoint.files().sha256(names);
  }

  /**
   * The values of a float32 variable, row-major; the last one read is kept.
   *
   * @throws InputException when they are not what was written
   */
  FloatBuffer floats(BundleEntry entry) {
    if (!entry.equals(read)) {
      values = checked(entry).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      read = entry;
    }
    return values;
  }

  private ByteBuffer checked(BundleEntry entry) {
    String shard = checkpoint.shard(entry.shard(), shards);
    ByteBuffer bytes =
        checkpoint.reader().read(shard, entry.offset(), Math.toIntExact(entry.size()));
    int found = Checksum.masked(bytes);
    if (found != entry.checksum()) {
      throw ByteCursor.broken(
          checkpoint.files().label(shard),
          "variable %s: expected the checksum %08x, found %08x"
              .formatted(entry.name(), entry.checksum(), found));
    }
    return bytes;
  }
}
