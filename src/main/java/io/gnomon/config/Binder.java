package io.gnomon.config;

import io.gnomon.config.Shape.Field;
import io.gnomon.config.Value.Entry;
import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Origin;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import io.gnomon.config.Value.Sequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of YAML. A value that does not fit is reported and yields null; its neighbours are
 * still read, so that one pass finds everything.
 */
final class Binder {
  private static final String KIND = "kind";
  private final Problems problems;
  private final Locations locations;
  private final References references;
  private final Bound bound = new Bound();

  /** Whether what is read are changes to a missing part, of which nothing can be demanded. */
  private boolean baseMissing;

  Binder(Problems problems, Locations locations) {
    this.problems = problems;
    this.locations = locations;
    this.references = new References(problems);
  }

  /**
   * A whole file as a {@code type}, or null with at least one problem reported.
   *
   * @param part folder its own {@code from} refers to, empty for any; null when it takes none
   */
  @Nullable Object root(Class<?> type, @Nullable String part, Value value) {
    Value whole = part == null ? value : references.resolve(value, part, "");
    if (whole == null) {
      return null;
    }
    locations.put("", whole.origin().text());
    return type.isRecord() ? record(type, whole, "", Set.of()) : union(type, whole, "");
  }

  /** The value of a key that is left out; null where that is none. */
  static @Nullable Object byDefault(Field field) {
    if (field.key().byDefault().isEmpty()) {
      return null;
    }
    Locations locations = new Locations();
    Problems problems = new Problems(locations);
    Origin origin = new Origin(field.name(), Path.of("default"), false);
    Value value = YamlReader.read(field.key().byDefault(), line -> origin, field.name(), problems);
    return value == null
        ? null
        : new Binder(problems, locations).bind(field.type(), field.key(), value, field.name());
  }

  /** The value as a {@code type}, or null with at least one problem reported. */
  private @Nullable Object bind(Type type, Key key, Value value, String path) {
    Value whole = key.part().isEmpty() ? value : references.resolve(value, key.part(), path);
    if (whole == null) {
      return withoutBase(type, key, value, path);
    }
    if (whole.origin().written()) {
      locations.put(path, whole.origin().text());
    }
    Object result = convert(type, key, whole, path);
    if (result != null && !baseMissing) {
      bound.put(path, result);
    }
    return result;
  }

  /** Reads the changes to a part that could not be had, for what is wrong with them themselves. */
  private @Nullable Object withoutBase(Type type, Key key, Value value, String path) {
    boolean outer = baseMissing;
    baseMissing = true;
    if (value instanceof Mapping map) {
      convert(type, key, References.without(map), path);
    }
    baseMissing = outer;
    return null;
  }

  private @Nullable Object convert(Type type, Key key, Value value, String path) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(generic.getActualTypeArguments()[0], key, value, path)
          : map(generic.getActualTypeArguments()[1], key, value, path);
    }
    Class<?> target = Shape.unboxed(type);
    if (target == Settings.class) {
      return settings(value, path);
    }
    if (target.isRecord()) {
      return record(target, value, path, Set.of());
    }
    if (target.isSealed()) {
      return union(target, value, path);
    }
    Object scalar = ScalarBinder.read(target, key, value);
    return scalar != null
        ? scalar
        : wrong(value, path, ScalarBinder.allowed(target, key), ScalarBinder.near(target, value));
  }

  private @Nullable Object list(Type item, Key key, Value value, String path) {
    if (!(value instanceof Sequence sequence)) {
      return wrong(value, path, "a list", null);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Object one = bind(item, key, sequence.items().get(i), YamlReader.join(path, "" + i));
      if (one != null) {
        items.add(one);
      }
    }
    return items.size() == sequence.items().size() ? List.copyOf(items) : null;
  }

  private @Nullable Object map(Type item, Key key, Value value, String path) {
    if (!(value instanceof Mapping mapping)) {
      return wrong(value, path, "a map", null);
    }
    Map<String, Object> items = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              Object one = bind(item, key, entry.value(), YamlReader.join(path, name));
              if (one != null) {
                items.put(name, one);
              }
            });
    return items.size() == mapping.entries().size() ? Collections.unmodifiableMap(items) : null;
  }

  /** Not looked into: what the keys mean is for the experiment that they are put over. */
  private @Nullable Object settings(Value value, String path) {
    if (!(value instanceof Mapping mapping)) {
      return wrong(value, path, "a map of keys of the experiment", null);
    }
    Map<String, String> written = new LinkedHashMap<>();
    mapping.entries().forEach((key, entry) -> written.put(key, FlowYaml.write(entry.value())));
    return new Settings(written);
  }

  private @Nullable Object union(Class<?> type, Value value, String path) {
    Map<String, Class<?>> kinds = Shape.kinds(type);
    String allowed = String.join(", ", kinds.keySet());
    Mapping map =
        value instanceof Scalar lone ? alone(lone) : value instanceof Mapping m ? m : null;
    if (map == null) {
      return wrong(value, path, "a map with kind: " + allowed, null);
    }
    Entry entry = map.entries().get(KIND);
    String below = YamlReader.join(path, KIND);
    if (entry == null) {
      missing(map, below, allowed);
      return null;
    }
    String kind = entry.value() instanceof Scalar scalar ? scalar.text() : "";
    Class<?> chosen = kinds.get(kind);
    if (chosen == null) {
      return wrong(entry.value(), below, allowed, Nearest.of(kind, kinds.keySet()));
    }
    return record(chosen, map, path, Set.of(KIND));
  }

  /** {@code calibration: none} read as {@code calibration: {kind: none}}. */
  private static Mapping alone(Scalar kind) {
    return new Mapping(Map.of(KIND, new Entry(kind.origin(), kind)), kind.origin());
  }

  private @Nullable Object record(Class<?> type, Value value, String path, Set<String> also) {
    List<Field> fields = Shape.fields(type);
    if (!(value instanceof Mapping map)) {
      String keys = String.join(", ", fields.stream().map(Field::name).toList());
      return wrong(value, path, "a map with the keys " + keys, null);
    }
    UnknownKeys.report(map, allowed(fields, also), path, problems);
    @Nullable Object[] arguments = new Object[fields.size()];
    boolean complete = true;
    for (int i = 0; i < arguments.length; i++) {
      Field field = fields.get(i);
      Value given = given(field, map, path);
      arguments[i] =
          given == null
              ? null
              : bind(field.type(), field.key(), given, YamlReader.join(path, field.name()));
      complete &= arguments[i] != null || (given == null && field.nullable());
    }
    Object record = complete ? Shape.create(type, arguments) : null;
    if (record != null && !baseMissing) {
      bound.put(path, record);
    }
    if (!baseMissing) {
      Checks.run(type, bound, path, problems);
    }
    return record;
  }

  /** The value written for a field or its default; null for none, reported if one is needed. */
  private @Nullable Value given(Field field, Mapping map, String path) {
    Entry entry = map.entries().get(field.name());
    boolean empty =
        entry == null
            || (entry.value() instanceof Scalar scalar && scalar.type() == ScalarType.NULL);
    if (entry != null && !(empty && field.nullable())) {
      return entry.value();
    }
    Origin origin = map.origin().ofDefault();
    if (!field.key().byDefault().isEmpty()) {
      return YamlReader.read(field.key().byDefault(), line -> origin, path, problems);
    }
    if (!field.nullable()) {
      missing(map, YamlReader.join(path, field.name()), field.key().value());
    }
    return null;
  }

  private void missing(Mapping map, String path, String allowed) {
    if (!baseMissing) {
      problems.add(map.origin().text(), path, "missing key", allowed, null);
    }
  }

  private static Set<String> allowed(List<Field> fields, Set<String> also) {
    Set<String> allowed = new LinkedHashSet<>(also);
    fields.forEach(field -> allowed.add(field.name()));
    return allowed;
  }

  private @Nullable Object wrong(
      Value value, String path, String allowed, @Nullable String suggestion) {
    problems.add(value.origin().text(), path, value.describe(), allowed, suggestion);
    return null;
  }
}
