package io.gnomon.config;

import io.gnomon.config.Value.Mapping;
import java.util.Set;

/** Reports keys that a map may not have. */
final class UnknownKeys {
  private UnknownKeys() {}

  static void report(Mapping map, Set<String> allowed, String path, Problems problems) {
    String names = String.join(", ", allowed);
    map.entries()
        .forEach(
            (name, entry) -> {
              if (!allowed.contains(name)) {
                String near = Nearest.of(name, allowed);
                String below = YamlReader.join(path, name);
                problems.add(entry.key().text(), below, "unknown key", names, near);
              }
            });
  }
}
