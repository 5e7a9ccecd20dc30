package io.gnomon.report;

/** HTML as it grows; every text and value of an attribute is escaped. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /** Opens an element. */
  Html open(String element, String... namesAndValues) {
    text.append('<').append(element);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(' ').append(namesAndValues[i]).append("=\"");
      text.append(escaped(namesAndValues[i + 1])).append('"');
    }
    text.append('>');
    return this;
  }

  Html close(String element) {
    text.append("</").append(element).append(">\n");
    return this;
  }

  Html text(String plain) {
    text.append(escaped(plain));
    return this;
  }

  /** HTML as it is. */
  Html raw(String html) {
    text.append(html);
    return this;
  }

  /** An element with a text in it. */
  Html element(String element, String plain, String... namesAndValues) {
    return open(element, namesAndValues).text(plain).close(element);
  }

  static String escaped(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
