package io.gnomon.serve.http;

import tools.jackson.databind.JsonNode;

/** What a client sent, as a message shows it: on one line, and not at length. */
public final class Shown {
  private static final int LONGEST = 40;

  private Shown() {}

  /** A text. */
  public static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** A value of JSON. */
  public static String of(JsonNode node) {
    if (node.isObject()) {
      return "an object";
    }
    return node.isArray() ? "a list" : of(node.toString());
  }
}
