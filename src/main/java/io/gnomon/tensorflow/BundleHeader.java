package io.gnomon.tensorflow;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;

/**
 * What a bundle says of itself ({@code BundleHeaderProto}).
 *
 * @param shards how many data files it has
 */
record BundleHeader(int shards) {
  /** {@code kTensorBundleVersion}: files that ask for a later reader are refused. */
  private static final long VERSION = 1;

  private static final int MOST_SHARDS = 100_000;

  /** Reads the header, which is the table's entry without a name. */
  static BundleHeader read(String where, ByteBuffer message) {
    long shards = 0;
    long endianness = 0;
    long oldestReader = 0;
    for (ProtoField field : ProtoField.all(where, message, "the header")) {
      switch (field.number()) {
        case 1 -> shards = field.value();
        case 2 -> endianness = field.value();
        case 3 -> oldestReader = oldestReader(where, field.bytes());
        default -> {
          // A later version's.
        }
      }
    }
    if (endianness != 0 || oldestReader > VERSION) {
      throw new InputException(
          "%s: expected a little-endian bundle for readers of version %d, found %s; %s"
              .formatted(
                  where,
                  VERSION,
                  endianness != 0 ? "a big-endian one" : "one for version " + oldestReader,
                  "save the model again with TensorFlow 1 or 2"));
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw ByteCursor.broken(
          where, "expected 1 to %d data files, found %d".formatted(MOST_SHARDS, shards));
    }
    return new BundleHeader((int) shards);
  }

  private static long oldestReader(String where, ByteBuffer version) {
    return ProtoField.all(where, version, "the version").stream()
        .filter(field -> field.number() == 2)
        .mapToLong(ProtoField::value)
        .sum();
  }
}
