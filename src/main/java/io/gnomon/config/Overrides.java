package io.gnomon.config;

import io.gnomon.config.Value.Entry;
import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Origin;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import io.gnomon.config.Value.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code --set a.b=c} into the YAML before anything is resolved, so that an override is
 * checked as if it stood in the file.
 */
final class Overrides {
  private static final String FORM = "--set key.path=value, as --set training.steps=100";
  private final Path file;
  private final Problems problems;

  Overrides(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** {@code root} with every override in place, later ones over earlier ones. */
  Value apply(Value root, List<String> sets) {
    Value value = root;
    for (String set : sets) {
      value = apply(value, set);
    }
    return value;
  }

  private Value apply(Value root, String set) {
    Origin origin = new Origin("--set " + set, file);
    int equals = set.indexOf('=');
    String path = equals < 0 ? set : set.substring(0, equals).strip();
    List<String> keys = List.of(path.split("\\.", -1));
    if (equals < 0 || keys.contains("")) {
      problems.add(origin.text(), "", equals < 0 ? "no '='" : "an empty key", FORM, null);
      return root;
    }
    String text = set.substring(equals + 1);
    Value value =
        text.isBlank()
            ? new Scalar(ScalarType.NULL, "", origin)
            : YamlReader.read(text, line -> origin, path, problems);
    return value == null ? root : put(root, keys, value, origin);
  }

  /** {@code at} with the value at {@code keys} replaced; the maps on the way are made. */
  Value put(@Nullable Value at, List<String> keys, Value value, Origin origin) {
    if (keys.isEmpty()) {
      return value;
    }
    String key = keys.get(0);
    List<String> rest = keys.subList(1, keys.size());
    if (at instanceof Sequence list && isIndex(key, list)) {
      List<Value> items = new ArrayList<>(list.items());
      int index = Integer.parseInt(key);
      items.set(index, put(items.get(index), rest, value, origin));
      return new Sequence(items, list.origin());
    }
    Mapping map = asMap(at, origin);
    Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    Entry old = entries.get(key);
    Value below = put(old == null ? null : old.value(), rest, value, origin);
    Origin place = old == null || rest.isEmpty() ? origin : old.key();
    entries.put(key, new Entry(place, below));
    return new Mapping(entries, map.origin());
  }

  private static boolean isIndex(String key, Sequence list) {
    return key.matches("\\d{1,6}") && Integer.parseInt(key) < list.items().size();
  }

  /** A reference becomes a map {@code from} it, a lone kind a map of that kind. */
  private static Mapping asMap(@Nullable Value at, Origin origin) {
    if (at instanceof Mapping map) {
      return map;
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (at instanceof Scalar scalar && scalar.type() == ScalarType.TEXT) {
      String key = scalar.text().contains("/") ? "from" : "kind";
      entries.put(key, new Entry(scalar.origin(), scalar));
    }
    return new Mapping(entries, origin);
  }
}
