package io.gnomon.config;

import io.gnomon.config.Shape.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code docs/reference/configuration.md}: every key with its meaning, what it may be and
 * its default, from the same annotations that the loader reads.
 */
public final class ReferenceWriter {
  private static final String HEAD =
      """
      # Configuration

      Every key of every file, generated from the code that reads them. A file is an experiment, a suite, what a suite
      must come to, a teacher to be made, or a part (task, teacher, student, sampler) that others name. A key without a
      default must be given, unless it says that it may be absent.
      """;

  /** By type: its section, in the order of first mention; null while it is being written. */
  private final Map<Class<?>, @Nullable String> sections = new LinkedHashMap<>();

  private ReferenceWriter() {}

  /** The page's text. */
  public static String write() {
    ReferenceWriter writer = new ReferenceWriter();
    for (FileType type : FileType.values()) {
      writer.mention(type.config());
    }
    return HEAD + String.join("", writer.sections.values());
  }

  /** A link to the section of a type, which is written if it was not yet. */
  private String mention(Class<?> type) {
    if (!sections.containsKey(type)) {
      sections.put(type, null); // its place: what it mentions comes behind it
      sections.put(type, section(type));
    }
    return "[%s](#%s)".formatted(title(type), title(type).replace(' ', '-'));
  }

  private String section(Class<?> type) {
    StringBuilder text = new StringBuilder("\n## " + title(type) + "\n");
    if (type.isRecord()) {
      return text.append(table(type)).toString();
    }
    text.append("\nOne of these kinds.\n");
    Shape.kinds(type)
        .forEach(
            (name, kind) ->
                text.append("\n### `kind: %s` (%s)\n\n".formatted(name, title(type)))
                    .append(sentence(Shape.kind(kind).description()))
                    .append('\n')
                    .append(table(kind)));
    return text.toString();
  }

  private String table(Class<?> type) {
    List<Field> fields = Shape.fields(type);
    if (fields.isEmpty()) {
      return "\nIt has no keys.\n";
    }
    StringBuilder text =
        new StringBuilder("\n| key | meaning | value | default |\n|---|---|---|---|\n");
    for (Field field : fields) {
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  field.name(),
                  cell(field.key().value()),
                  cell(value(field.type(), field.key())),
                  byDefault(field)));
    }
    return text.toString();
  }

  private static String byDefault(Field field) {
    if (field.key().byDefault().isEmpty()) {
      return field.nullable() ? "may be absent" : "–";
    }
    return field.key().byDefault().equals("{}")
        ? "its defaults"
        : "`" + field.key().byDefault() + "`";
  }

  private String value(Type type, Key key) {
    if (type instanceof ParameterizedType generic) {
      boolean list = generic.getRawType() == List.class;
      Type item = generic.getActualTypeArguments()[list ? 0 : 1];
      return (list ? "a list of " : "a map to ") + value(item, key);
    }
    Class<?> target = Shape.unboxed(type);
    if (target == Settings.class) {
      return "a map of keys, dotted or nested, and their values";
    }
    if (target.isRecord() || target.isSealed()) {
      String part = key.part().isEmpty() ? "" : ", or a name such as `" + key.part() + "/…`";
      return mention(target) + part;
    }
    return ScalarBinder.allowed(target, key);
  }

  /** A type's name in words: {@code length} for LengthConfig. */
  private static String title(Class<?> type) {
    return type.getSimpleName()
        .replaceAll("Config$", "")
        .replaceAll("(?<=.)([A-Z])", " $1")
        .toLowerCase(Locale.ROOT);
  }

  private static String sentence(String description) {
    return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1) + ".";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
