package io.gnomon.config;

import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the records and their annotations say about the YAML that they are read from. */
final class Shape {
  private Shape() {}

  /**
   * One key of a record.
   *
   * @param name the key as written
   * @param type type of the component
   * @param key its annotation
   * @param nullable whether it may be absent
   * @param component the component itself
   */
  record Field(String name, Type type, Key key, boolean nullable, RecordComponent component) {
    boolean required() {
      return !nullable && key.byDefault().isEmpty();
    }
  }

  /** The keys of a record, in its own order. */
  static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Key key =
          Objects.requireNonNull(
              component.getAnnotation(Key.class), () -> type + "." + component + " lacks @Key");
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      fields.add(
          new Field(
              snake(component.getName()), component.getGenericType(), key, nullable, component));
    }
    return fields;
  }

  /** The record with these values for its components, in their order. */
  static Object create(Class<?> type, @Nullable Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type, e);
    }
  }

  /** {@code int} for {@code Integer}: items of a list and values of a map are boxed. */
  static Class<?> unboxed(Type type) {
    return MethodType.methodType((Class<?>) type).unwrap().returnType();
  }

  /**
   * The records of a sealed interface, and of the sealed interfaces below it, by their kind, in
   * source order.
   */
  static Map<String, Class<?>> kinds(Class<?> type) {
    Map<String, Class<?>> kinds = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isSealed()) {
        kinds.putAll(kinds(permitted));
      } else {
        kinds.put(kind(permitted).value(), permitted);
      }
    }
    return kinds;
  }

  /** The kind of a record that is one of several. */
  static Kind kind(Class<?> type) {
    return Objects.requireNonNull(type.getAnnotation(Kind.class), () -> type + " lacks @Kind");
  }

  /** The values of an enum as written, in source order. */
  static List<String> values(Class<?> type) {
    List<String> values = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      values.add(kebab((Enum<?>) constant));
    }
    return values;
  }

  /** {@code GENERALIZED_KL} as {@code generalized-kl}. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
