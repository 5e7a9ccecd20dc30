package io.gnomon.data;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes the marks that AG News' making left in its texts:
 *
 * <ul>
 *   <li>character references whose ampersand became a space ({@code Apple #39;s}, {@code quot;yes
 *       quot;}) or stayed become their characters; those from 128 to 159 are read as windows-1252,
 *       as browsers read them;
 *   <li>an escaped dollar loses its backslash; any other backslash is a line break of the wire copy
 *       and becomes a space. (The set's readme speaks of {@code \n}, yet the files hold the
 *       backslash alone: each {@code \n} in them begins a word with n.)
 *   <li>HTML tags become a space, runs of white space one space.
 * </ul>
 */
final class NewswireText {
  private static final Map<String, String> NAMED =
      Map.of(
          "quot", "\"", "amp", "&", "lt", "<", "gt", ">", "nbsp", " ", "hellip", "…", "apos", "'");

  private static final Pattern REFERENCE =
      Pattern.compile("(?:[ &]|^|(?<=\\\\))(?:#(\\d{2,5})|(quot|amp|lt|gt|nbsp|hellip|apos));");
  private static final Pattern TAG =
      Pattern.compile(
          "(?i)</?(?:a|b|i|u|p|br|hr|em|strong|font|cite|span|div|ul|ol|li|img|table|tr|td|center"
              + "|blockquote|h[1-6])(?:\\s[^>]*)?/?>");
  private static final Pattern WHITE = Pattern.compile("\\s+");

  private NewswireText() {}

  static String clean(String text) {
    String references = unescape(unescape(text)); // some were escaped twice
    String lines = references.replace("\\$", "$").replace('\\', ' ');
    String words = TAG.matcher(lines).replaceAll(" ");
    return WHITE.matcher(words).replaceAll(" ").strip();
  }

  private static String unescape(String text) {
    return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(character(match)));
  }

  private static String character(MatchResult match) {
    if (match.group(1) == null) {
      return NAMED.getOrDefault(match.group(2), match.group());
    }
    int code = Integer.parseInt(match.group(1));
    if (code >= 128 && code < 160) {
      return new String(new byte[] {(byte) code}, Charset.forName("windows-1252"));
    }
    return Character.toString(code);
  }
}
