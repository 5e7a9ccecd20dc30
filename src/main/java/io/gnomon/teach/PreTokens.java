package io.gnomon.teach;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text cut into the pieces that merges stay inside: GPT-2's pattern, as the tokenizers library
 * applies it under {@code ByteLevel} with {@code use_regex}.
 *
 * @param lowercase whether text is lower-cased first, character by character
 */
record PreTokens(boolean lowercase) {
  /** With Unicode's white space, as in the library; Java's own {@code \s} is ASCII. */
  private static final Pattern PIECE =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /** Gives the pieces of {@code text} in order. */
  void split(String text, Consumer<String> pieces) {
    Matcher matcher = PIECE.matcher(normalize(text));
    while (matcher.find()) {
      pieces.accept(matcher.group());
    }
  }

  /** The pieces of {@code text} in order. */
  List<String> split(String text) {
    List<String> pieces = new ArrayList<>();
    split(text, pieces::add);
    return pieces;
  }

  private String normalize(String text) {
    if (!lowercase) {
      return text;
    }
    StringBuilder lower = new StringBuilder(text.length());
    text.codePoints().forEach(character -> appendLower(lower, character));
    return lower.toString();
  }

  /** Without regard to neighbours (Java's toLowerCase turns a final Σ into ς; the library not). */
  private static void appendLower(StringBuilder lower, int character) {
    if (character == 'İ') {
      lower.append("i\u0307"); // the one character whose lower case is two
    } else {
      lower.appendCodePoint(Character.toLowerCase(character));
    }
  }
}
