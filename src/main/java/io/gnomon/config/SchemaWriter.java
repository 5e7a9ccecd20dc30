package io.gnomon.config;

import io.gnomon.config.Shape.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code configs/schema.json} (JSON Schema, draft 2020-12) from the same annotations that
 * the loader reads, so that editors complete and check what is typed. It is a little wider than the
 * loader: checks across keys are the loader's alone.
 *
 * <p>Each type has a definition, and a second one, {@code …-changes}, in which nothing is required:
 * that is what may stand beside {@code from}.
 */
public final class SchemaWriter {
  private static final String CHANGES = "-changes";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  private SchemaWriter() {}

  /** The schema's text, pretty-printed, with a line feed at its end. */
  public static String write() {
    return JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(new SchemaWriter().root())
            .replace("\r\n", "\n")
        + "\n";
  }

  private ObjectNode root() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put(
        "title",
        "Gnomon: an experiment, a suite, what it must come to, a teacher to be made, or a part");
    ArrayNode any = root.putArray("anyOf");
    for (FileType type : FileType.values()) {
      any.add(reference(type.config(), false));
      if (type.folder() != null) {
        any.add(changed(type.config(), Objects.requireNonNull(type.folder())));
      }
    }
    ObjectNode defs = root.putObject("$defs");
    definitions.forEach(defs::set);
    return root;
  }

  /** A reference with changes: {@code from} beside keys none of which is required. */
  private ObjectNode changed(Class<?> type, String folder) {
    String name = name(type) + "-from";
    if (!definitions.containsKey(name)) {
      ObjectNode placeholder = JSON.createObjectNode();
      definitions.put(name, placeholder);
      placeholder.setAll(definition(type, true, folder));
    }
    return pointer(name);
  }

  private ObjectNode reference(Class<?> type, boolean changes) {
    String name = name(type) + (changes ? CHANGES : "");
    if (!definitions.containsKey(name)) {
      ObjectNode placeholder = JSON.createObjectNode();
      definitions.put(name, placeholder);
      placeholder.setAll(definition(type, changes, null));
    }
    return pointer(name);
  }

  private static ObjectNode pointer(String name) {
    return JSON.createObjectNode().put("$ref", "#/$defs/" + name);
  }

  private static String name(Class<?> type) {
    return type.getSimpleName()
        .replaceAll("Config$", "")
        .replaceAll("(?<=.)([A-Z])", "-$1")
        .toLowerCase(java.util.Locale.ROOT);
  }

  private ObjectNode definition(Class<?> type, boolean changes, @Nullable String from) {
    if (type.isRecord()) {
      return object(type, changes, from);
    }
    ObjectNode union = JSON.createObjectNode();
    ArrayNode choices = union.putArray(changes ? "anyOf" : "oneOf");
    if (FileType.of(type) == null) { // where a part may stand, a text is a reference
      lone(type, choices);
    }
    Shape.kinds(type).values().forEach(kind -> choices.add(object(kind, changes, from)));
    return union;
  }

  /** The kinds that may stand alone, as {@code calibration: none}. */
  private static void lone(Class<?> type, ArrayNode choices) {
    List<String> alone =
        Shape.kinds(type).entrySet().stream()
            .filter(kind -> Shape.fields(kind.getValue()).stream().noneMatch(Field::required))
            .map(Map.Entry::getKey)
            .toList();
    if (!alone.isEmpty()) {
      ArrayNode names = choices.addObject().putArray("enum");
      alone.forEach(names::add);
    }
  }

  private ObjectNode object(Class<?> type, boolean changes, @Nullable String from) {
    ObjectNode object = JSON.createObjectNode();
    object.put("type", "object");
    object.put("additionalProperties", false);
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    if (from != null) {
      properties.set("from", file(from));
      required.add("from");
    }
    Kind kind = type.getAnnotation(Kind.class);
    if (kind != null) {
      object.put("description", kind.description());
      properties.putObject("kind").put("const", kind.value());
      required.add(changes ? "" : "kind");
    }
    for (Field field : Shape.fields(type)) {
      properties.set(field.name(), property(field, changes));
      required.add(!changes && field.required() ? field.name() : "");
    }
    required.removeIf(name -> name.asString().isEmpty());
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    return object;
  }

  private static ObjectNode file(String folder) {
    ObjectNode file = JSON.createObjectNode().put("type", "string");
    file.put("description", "a file below configs/" + folder + ", without its ending");
    return folder.isEmpty() ? file : file.put("pattern", "^" + folder + "/.+$");
  }

  private ObjectNode property(Field field, boolean changes) {
    ObjectNode property = value(field.type(), field.key(), changes);
    if (field.nullable()) {
      ObjectNode either = JSON.createObjectNode();
      either.putArray("anyOf").add(property).addObject().put("type", "null");
      property = either;
    }
    property.put("description", field.key().value());
    if (!field.key().byDefault().isEmpty()) {
      property.set("default", Defaults.json(field.key().byDefault()));
    }
    return property;
  }

  private ObjectNode value(Type type, Key key, boolean changes) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, key, changes);
    }
    Class<?> target = Shape.unboxed(type);
    if (target == Settings.class) {
      return JSON.createObjectNode().put("type", "object");
    }
    if (target.isRecord() || target.isSealed()) {
      return key.part().isEmpty() ? reference(target, changes) : part(target, key.part(), changes);
    }
    ObjectNode value = JSON.createObjectNode();
    if (target.isEnum()) {
      ArrayNode values = value.putArray("enum");
      Shape.values(target).forEach(values::add);
      return value;
    }
    if (target == String.class || target == boolean.class) {
      return value.put("type", target == String.class ? "string" : "boolean");
    }
    return number(value.put("type", target == double.class ? "number" : "integer"), target, key);
  }

  private static ObjectNode number(ObjectNode value, Class<?> type, Key key) {
    if (Double.isFinite(key.min())) {
      limit(value, key.aboveMin() ? "exclusiveMinimum" : "minimum", type, key.min());
    }
    if (Double.isFinite(key.max())) {
      limit(value, "maximum", type, key.max());
    }
    return value;
  }

  private static void limit(ObjectNode value, String name, Class<?> type, double limit) {
    if (type == double.class) {
      value.put(name, limit);
    } else {
      value.put(name, (long) limit);
    }
  }

  private ObjectNode container(ParameterizedType type, Key key, boolean changes) {
    ObjectNode value = JSON.createObjectNode();
    if (type.getRawType() == List.class) {
      value.put("type", "array");
      value.set("items", value(type.getActualTypeArguments()[0], key, false));
    } else {
      value.put("type", "object");
      value.set("additionalProperties", value(type.getActualTypeArguments()[1], key, changes));
    }
    return value;
  }

  /** A part: a file's name, the part written out, or a file with changes. */
  private ObjectNode part(Class<?> type, String folder, boolean changes) {
    ObjectNode part = JSON.createObjectNode();
    part.putArray("anyOf")
        .add(file(folder))
        .add(changed(type, folder))
        .add(reference(type, changes));
    return part;
  }
}
