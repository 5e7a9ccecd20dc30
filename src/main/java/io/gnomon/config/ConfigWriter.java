package io.gnomon.config;

import io.gnomon.config.Shape.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration as YAML with every default written out and every reference resolved, in
 * the records' own order. The loader reads it back as an equal record.
 */
public final class ConfigWriter {
  private enum Style {
    WHOLE,
    WITH_COMMENTS,
    WITHOUT_DEFAULTS
  }

  private final Style style;

  private ConfigWriter(Style style) {
    this.style = style;
  }

  /** The YAML text of a configuration record. */
  public static String write(Record config) {
    return text(new ConfigWriter(Style.WHOLE).record(config));
  }

  /** The YAML text with each key's description in a comment above it. */
  public static String writeWithComments(Record config) {
    return text(new ConfigWriter(Style.WITH_COMMENTS).record(config));
  }

  /**
   * The YAML text of what differs from the defaults. A key that a later version adds does not
   * change it, so it is what a result is known by; a default that a later version changes does not
   * either.
   */
  public static String writeWithoutDefaults(Record config) {
    return text(new ConfigWriter(Style.WITHOUT_DEFAULTS).record(config));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private List<String> record(Record record) {
    List<String> lines = new ArrayList<>();
    Kind kind = record.getClass().getAnnotation(Kind.class);
    if (kind != null) {
      comment(kind.description(), lines);
      lines.add("kind: " + kind.value());
    }
    for (Field field : Shape.fields(record.getClass())) {
      Object value = value(record, field);
      if (value != null && !leftOut(field, value)) {
        comment(field.key().value(), lines);
        lines.addAll(entry(field.name(), value));
      }
    }
    return lines;
  }

  private boolean leftOut(Field field, Object value) {
    return style == Style.WITHOUT_DEFAULTS && value.equals(Binder.byDefault(field));
  }

  private void comment(String description, List<String> lines) {
    if (style == Style.WITH_COMMENTS) {
      lines.add("# " + description);
    }
  }

  private List<String> entry(String key, Object value) {
    if (value instanceof Record record) {
      return below(key, record(record));
    }
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      List<String> lines = new ArrayList<>();
      map.forEach((name, item) -> lines.addAll(entry(Scalars.text(name.toString()), item)));
      return below(key, lines);
    }
    if (value instanceof List<?> list && list.stream().anyMatch(Record.class::isInstance)) {
      return below(key, items(list));
    }
    return List.of(key + ": " + inline(value));
  }

  private static List<String> below(String key, List<String> lines) {
    List<String> all = new ArrayList<>();
    all.add(lines.isEmpty() ? key + ": {}" : key + ":");
    lines.forEach(line -> all.add("  " + line));
    return all;
  }

  private List<String> items(List<?> records) {
    List<String> lines = new ArrayList<>();
    for (Object item : records) {
      List<String> own = record((Record) item);
      for (int i = 0; i < own.size(); i++) {
        lines.add((i == 0 ? "- " : "  ") + own.get(i));
      }
    }
    return lines;
  }

  private static String inline(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(ConfigWriter::inline).toList()) + "]";
    }
    if (value instanceof Map<?, ?>) {
      return "{}"; // one with entries has lines of its own
    }
    return Scalars.write(value);
  }

  private static @Nullable Object value(Record record, Field field) {
    try {
      return field.component().getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field.name() + " of " + record, e);
    }
  }
}
