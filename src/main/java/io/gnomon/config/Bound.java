package io.gnomon.config;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that could be read, by path: cross-field checks look only at these. */
final class Bound {
  private final Map<String, Object> values = new HashMap<>();

  void put(String path, Object value) {
    values.put(path, value);
  }

  /** What was read at {@code path}, or null when it is absent, unreadable or of another type. */
  <T> @Nullable T at(String path, Class<T> type) {
    Object value = values.get(path);
    return type.isInstance(value) ? type.cast(value) : null;
  }
}
