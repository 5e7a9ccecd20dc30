package io.gnomon.teach;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * GPT-2's alphabet: a printable character for each byte, so that any text is a word over 256
 * letters and none is unknown. Bytes that print in Latin-1 stand for themselves; the rest take the
 * characters from U+0100 on, in order (the space becomes Ġ, U+0120).
 *
 * @see <a href="https://github.com/openai/gpt-2/blob/master/src/encoder.py">bytes_to_unicode</a>
 */
final class ByteAlphabet {
  static final int SIZE = 256;

  private static final char[] LETTERS = letters();

  private ByteAlphabet() {}

  /** The letter of byte {@code value}, 0 to 255. */
  static char letter(int value) {
    return LETTERS[value];
  }

  /** The bytes of {@code text} in UTF-8, 0 to 255 each. */
  static int[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length).map(i -> Byte.toUnsignedInt(bytes[i])).toArray();
  }

  private static char[] letters() {
    char[] letters = new char[SIZE];
    char next = 'Ā';
    for (int value = 0; value < SIZE; value++) {
      letters[value] = prints(value) ? (char) value : next++;
    }
    return letters;
  }

  private static boolean prints(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xa1 && value <= 0xac)
        || (value >= 0xae && value <= 0xff);
  }
}
