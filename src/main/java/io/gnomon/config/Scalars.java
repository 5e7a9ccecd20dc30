package io.gnomon.config;

import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Single values as YAML that reads back as the same value. */
final class Scalars {
  private Scalars() {}

  static String write(Object value) {
    if (value instanceof Enum<?> constant) {
      return text(Shape.kebab(constant));
    }
    if (value instanceof Double number) {
      String written = number.toString().toLowerCase(Locale.ROOT);
      return written.endsWith(".0") ? written.substring(0, written.length() - 2) : written;
    }
    return value instanceof String string ? text(string) : value.toString();
  }

  /** The text as it is where YAML takes it for text, otherwise in double quotes. */
  static String text(String string) {
    boolean plain =
        string.matches("[A-Za-z](?:[A-Za-z0-9 _./-]*[A-Za-z0-9_])?")
            && new CoreScalarResolver(false).resolve(string, true).equals(Tag.STR);
    return plain ? string : quoted(string);
  }

  private static String quoted(String string) {
    StringBuilder text = new StringBuilder("\"");
    string.chars().forEach(c -> text.append(escaped((char) c)));
    return text.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> unprintable(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    };
  }

  private static boolean unprintable(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff';
  }
}
