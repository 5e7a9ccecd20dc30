package io.gnomon.gguf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of a GGUF file's metadata, each behind the number of its type. */
final class ValueReader {
  private static final int DEEPEST = 4;

  private ValueReader() {}

  /** The value of {@code key}, which the cursor stands behind. */
  static GgufValue read(GgufCursor cursor, String key) {
    return value(cursor, cursor.bits32(key), key, 0);
  }

  private static GgufValue value(GgufCursor cursor, int type, String key, int depth) {
    return switch (type) {
      case 0 -> whole(cursor.bits8(key) & 0xff);
      case 1 -> whole(cursor.bits8(key));
      case 2 -> whole(cursor.bits16(key) & 0xffff);
      case 3 -> whole(cursor.bits16(key));
      case 4 -> whole(Integer.toUnsignedLong(cursor.bits32(key)));
      case 5 -> whole(cursor.bits32(key));
      case 6 -> new GgufValue.Real(shortest(Float.intBitsToFloat(cursor.bits32(key))));
      case 7 -> flag(cursor, key);
      case 8 -> new GgufValue.Text(cursor.text(key));
      case 9 -> items(cursor, key, depth);
      case 10 -> new GgufValue.Whole(new BigInteger(Long.toUnsignedString(cursor.bits64(key))));
      case 11 -> whole(cursor.bits64(key));
      case 12 -> new GgufValue.Real(Double.longBitsToDouble(cursor.bits64(key)));
      default ->
          throw cursor.broken(
              "%s: expected a type of value from 0 to 12, found %s"
                  .formatted(key, Integer.toUnsignedString(type)));
    };
  }

  private static GgufValue whole(long value) {
    return new GgufValue.Whole(BigInteger.valueOf(value));
  }

  /** 1e-5 in float32 is meant as 1e-5, not as the 9.999999747378752e-06 that it widens to. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private static GgufValue flag(GgufCursor cursor, String key) {
    byte stored = cursor.bits8(key);
    if (stored != 0 && stored != 1) {
      throw cursor.broken(key + ": expected a boolean, 0 or 1, found " + stored);
    }
    return new GgufValue.Flag(stored == 1);
  }

  private static GgufValue items(GgufCursor cursor, String key, int depth) {
    if (depth == DEEPEST) {
      throw cursor.broken(key + ": expected arrays at most " + DEEPEST + " deep, found deeper");
    }
    int type = cursor.bits32(key);
    int count = cursor.items("the array of " + key);
    List<GgufValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value(cursor, type, key, depth + 1));
    }
    return new GgufValue.Items(values);
  }
}
