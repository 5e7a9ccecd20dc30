package io.gnomon.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an experiment: key paths, and the value that each is to have as one line of YAML. They
 * apply as {@code --set} does: what stood at the key is replaced whole.
 */
public final class Settings {
  /** No change. */
  public static final Settings NONE = new Settings(Map.of());

  private final Map<String, String> values;

  Settings(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Key path → YAML, in the order written. */
  public Map<String, String> values() {
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** A map of YAML in one line, which reads back as these settings. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    values.forEach(
        (key, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(Scalars.text(key))
                .append(": ")
                .append(value));
    return text.append('}').toString();
  }
}
