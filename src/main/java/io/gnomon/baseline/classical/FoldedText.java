package io.gnomon.baseline.classical;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text without case and accents, as scikit-learn's {@code strip_accents="unicode"} folds it. */
final class FoldedText {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private FoldedText() {}

  /** The code points of {@code text}, lower case, decomposed (NFKD), combining marks dropped. */
  static int[] of(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String plain =
        Normalizer.isNormalized(lower, Normalizer.Form.NFKD)
            ? lower
            : Normalizer.normalize(lower, Normalizer.Form.NFKD);
    return (isAscii(plain) ? plain : MARKS.matcher(plain).replaceAll("")).codePoints().toArray();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(unit -> unit < 0x80);
  }
}
