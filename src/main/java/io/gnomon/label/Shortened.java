package io.gnomon.label;

/** What somebody else wrote, as it fits into a line. */
final class Shortened {
  private static final int LONGEST = 160;

  private Shortened() {}

  static String of(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
