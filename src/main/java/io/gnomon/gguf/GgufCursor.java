package io.gnomon.gguf;

import io.gnomon.config.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads the head of a GGUF file forwards; what lies beyond its end is refused. */
final class GgufCursor {
  /** Array entries in one head, of which vocabularies and merges have some hundred thousands. */
  private static final int MOST_ITEMS = 1 << 22;

  /** Bytes of one text. Both bounds keep a damaged length from taking all memory. */
  private static final int LONGEST_TEXT = 1 << 24;

  private final Path file;
  private final ByteBuffer bytes;
  private int items;

  /** Over {@code bytes}, which are little-endian and begin where the file begins. */
  GgufCursor(Path file, ByteBuffer bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Bytes read so far. */
  long position() {
    return bytes.position();
  }

  /** One byte; {@code what} is being read, for the message. */
  byte bits8(String what) {
    return take(1, what).get();
  }

  /** Two bytes. */
  short bits16(String what) {
    return take(Short.BYTES, what).getShort();
  }

  /** Four bytes. */
  int bits32(String what) {
    return take(Integer.BYTES, what).getInt();
  }

  /** Eight bytes. */
  long bits64(String what) {
    return take(Long.BYTES, what).getLong();
  }

  /** A count of things that take {@code each} bytes or more, of which the file must have room. */
  int count(long each, String what) {
    long count = bits64(what);
    if (count < 0 || count > bytes.remaining() / each) {
      throw broken(
          "expected %s to fit into the %d bytes that follow, found a count of %s"
              .formatted(what, bytes.remaining(), Long.toUnsignedString(count)));
    }
    return (int) count;
  }

  /** The length of an array. */
  int items(String what) {
    int count = count(1, what);
    if (count > MOST_ITEMS - items) {
      throw broken(
          "expected at most %d entries in all arrays, found %s of %d"
              .formatted(MOST_ITEMS, what, count));
    }
    items += count;
    return count;
  }

  /** A length and so many bytes of UTF-8. */
  String text(String what) {
    ByteBuffer encoded = bytes.slice();
    int length = count(1, "the length of " + what);
    if (length > LONGEST_TEXT) {
      throw broken(
          "expected texts of at most %d bytes, found %s of %d"
              .formatted(LONGEST_TEXT, what, length));
    }
    encoded = encoded.slice(Long.BYTES, length);
    bytes.position(bytes.position() + length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      throw broken("expected %s in UTF-8, found other bytes".formatted(what));
    }
  }

  /** A text that stands in messages: without line breaks and the like. */
  String name(String what) {
    String name = text(what);
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw broken("expected %s without control characters, found some".formatted(what));
    }
    return name;
  }

  private ByteBuffer take(int count, String what) {
    if (bytes.remaining() < count) {
      throw broken(
          "expected %d bytes or more, up to %s, found %d"
              .formatted(bytes.position() + (long) count, what, bytes.limit()));
    }
    return bytes;
  }

  /** That the file is not as the format says; {@code problem} says what was expected and found. */
  InputException broken(String problem) {
    return broken(file, problem);
  }

  static InputException broken(Path file, String problem) {
    return new InputException(file + ": " + problem + "; copy or download the file again");
  }
}
