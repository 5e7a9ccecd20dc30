package io.gnomon.config;

import io.gnomon.config.Value.Entry;
import io.gnomon.config.Value.Mapping;
import io.gnomon.config.Value.Origin;
import io.gnomon.config.Value.Scalar;
import io.gnomon.config.Value.ScalarType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the files of {@code configs/} in place of the references to them. A reference {@code
 * samplers/bursty} is looked for below the {@code configs} folders on the way up from the file that
 * holds it, then below the working directory's, then below {@code -Dgnomon.home}'s.
 */
final class References {
  private static final String FROM = "from";
  private final Problems problems;

  References(Problems problems) {
    this.problems = problems;
  }

  /**
   * The value with its reference, if it is or has one, replaced; null when that failed.
   *
   * @param part folder below {@code configs/} the reference must name; empty for any
   */
  @Nullable Value resolve(Value value, String part, String path) {
    Set<Path> chain = new LinkedHashSet<>();
    chain.add(value.origin().file().toAbsolutePath().normalize());
    return resolve(value, part, path, chain);
  }

  private @Nullable Value resolve(Value value, String part, String path, Set<Path> chain) {
    if (value instanceof Scalar scalar && scalar.type() == ScalarType.TEXT && !part.isEmpty()) {
      return load(scalar, part, path, chain);
    }
    if (!(value instanceof Mapping map)) {
      return value;
    }
    Entry from = map.entries().get(FROM);
    if (from == null) {
      return value;
    }
    String below = YamlReader.join(path, FROM);
    if (!(from.value() instanceof Scalar scalar) || scalar.type() != ScalarType.TEXT) {
      String allowed = "a file below configs/" + part + ", as " + example(part);
      problems.add(from.key().text(), below, from.value().describe(), allowed, null);
      return null;
    }
    Value base = load(scalar, part, below, chain);
    return base instanceof Mapping bottom ? merge(bottom, without(map)) : base;
  }

  private static String example(String part) {
    return (part.isEmpty() ? "paper" : part) + "/NAME";
  }

  private @Nullable Value load(Scalar reference, String part, String path, Set<Path> chain) {
    Path file = find(reference, part);
    String at = reference.origin().text();
    if (file == null) {
      reportMissing(reference, part, path);
      return null;
    }
    if (!chain.add(file)) {
      String circle = chain.stream().map(YamlFiles::shown).collect(Collectors.joining(" → "));
      String found = "a reference in a circle: " + circle + " → " + YamlFiles.shown(file);
      problems.add(at, path, found, "references that end", null);
      return null;
    }
    Value value = YamlFiles.read(file, path, problems);
    Value resolved = value == null ? null : resolve(value, part, path, chain);
    chain.remove(file);
    if (resolved != null && !(resolved instanceof Mapping)) {
      problems.add(resolved.origin().text(), path, resolved.describe(), "a map", null);
      return null;
    }
    return resolved;
  }

  /**
   * The file of a reference that was given outside of any file; looked for from the working
   * directory on.
   *
   * @param part folder below {@code configs/} the reference must name
   * @param asked where it was given, for the message
   * @throws ConfigException when there is none
   */
  static Path file(String reference, String part, String asked) {
    Origin origin = new Origin(asked, Path.of("configuration"));
    Scalar scalar = new Scalar(ScalarType.TEXT, reference, origin);
    Path file = find(scalar, part);
    if (file == null) {
      Problems problems = new Problems(new Locations());
      new References(problems).reportMissing(scalar, part, "");
      throw new ConfigException(problems.list());
    }
    return file;
  }

  private static @Nullable Path find(Scalar reference, String part) {
    String name = reference.text();
    boolean inPart = part.isEmpty() || name.startsWith(part + "/");
    if (!inPart || !name.matches("[A-Za-z0-9_][A-Za-z0-9._/-]*") || name.contains("..")) {
      return null;
    }
    return folders(reference.origin().file()).stream()
        .map(folder -> folder.resolve(name + ".yaml"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private void reportMissing(Scalar reference, String part, String path) {
    List<String> names = names(reference, part);
    String known = part + "/" + reference.text();
    String near =
        names.contains(known) ? known : Nearest.of(reference.text().replace(".yaml", ""), names);
    String allowed =
        names.isEmpty()
            ? "a file below a configs/" + part + " folder; there is none here"
            : String.join(", ", names);
    String found = "no part '" + reference.text() + "'";
    problems.add(reference.origin().text(), path, found, allowed, near);
  }

  private static List<String> names(Scalar reference, String part) {
    String prefix = part.isEmpty() ? "" : part + "/";
    return folders(reference.origin().file()).stream()
        .flatMap(folder -> YamlFiles.stems(folder.resolve(part)).stream())
        .map(stem -> prefix + stem)
        .distinct()
        .toList();
  }

  private static Set<Path> folders(Path file) {
    List<Path> found = new ArrayList<>();
    Path at = file.toAbsolutePath().normalize().getParent();
    for (; at != null; at = at.getParent()) {
      found.add(at.endsWith("configs") ? at : at.resolve("configs"));
    }
    found.add(Path.of("configs").toAbsolutePath());
    Stream.ofNullable(System.getProperty("gnomon.home"))
        .forEach(home -> found.add(Path.of(home, "configs").toAbsolutePath().normalize()));
    return found.stream()
        .filter(Files::isDirectory)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The map without its {@code from}. */
  static Mapping without(Mapping map) {
    Map<String, Entry> entries = new LinkedHashMap<>(map.entries());
    entries.remove(FROM);
    return new Mapping(entries, map.origin());
  }

  /** The base with the keys of {@code over} put over its own, map by map; lists are replaced. */
  private static Mapping merge(Mapping base, Mapping over) {
    Map<String, Entry> entries = new LinkedHashMap<>(base.entries());
    over.entries().forEach((key, entry) -> entries.merge(key, entry, References::mergeEntries));
    return new Mapping(entries, over.origin());
  }

  private static Entry mergeEntries(Entry base, Entry over) {
    return base.value() instanceof Mapping low && over.value() instanceof Mapping high
        ? new Entry(over.key(), merge(low, high))
        : over;
  }
}
