package io.gnomon.config;

import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import org.jspecify.annotations.Nullable;

/** Texts, switches, numbers and enums of YAML scalars, without any conversion between types. */
final class ScalarBinder {
  private ScalarBinder() {}

  /** The value as a {@code type}, or null when it is not one in range. */
  static @Nullable Object read(Class<?> type, Key key, Value value) {
    if (!(value instanceof Scalar scalar)) {
      return null;
    }
    if (type.isEnum()) {
      int index = Shape.values(type).indexOf(scalar.text());
      return index < 0 ? null : type.getEnumConstants()[index];
    }
    if (type == String.class) {
      return scalar.type() == ScalarType.TEXT ? scalar.text() : null;
    }
    if (type == boolean.class) {
      return scalar.type() == ScalarType.BOOLEAN ? Boolean.valueOf(scalar.text()) : null;
    }
    return Numbers.read(type, key, scalar);
  }

  /** What a value of the type may be, in words. */
  static String allowed(Class<?> type, Key key) {
    if (type.isEnum()) {
      return String.join(", ", Shape.values(type));
    }
    if (type == String.class) {
      return "text";
    }
    return type == boolean.class ? "true or false" : Numbers.allowed(type, key);
  }

  /** What was probably meant by a value that cannot be read, or null. */
  static @Nullable String near(Class<?> type, Value value) {
    if (!(value instanceof Scalar scalar) || scalar.type() == ScalarType.NULL) {
      return null;
    }
    if (type.isEnum()) {
      return Nearest.of(scalar.text(), Shape.values(type));
    }
    if (type == String.class) {
      return '"' + scalar.text() + '"';
    }
    return type == boolean.class ? truth(scalar.text()) : Numbers.asInteger(type, scalar);
  }

  private static @Nullable String truth(String text) {
    if (text.matches("(?i)yes|on|y|1")) {
      return "true";
    }
    return text.matches("(?i)no|off|n|0") ? "false" : null;
  }
}
