package io.gnomon.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything wrong with a configuration, so that all of it is reported at once. */
public final class Problems {
  private final Locations locations;
  private final List<Problem> list = new ArrayList<>();

  Problems(Locations locations) {
    this.locations = locations;
  }

  /**
   * Adds a problem with the key at {@code path}; its file and line are looked up.
   *
   * @param path keys joined by dots, as {@code sampler.length.max}
   * @param found what stands there
   * @param allowed what may stand there
   * @param suggestion a value that would do, or null
   */
  public void at(String path, String found, String allowed, @Nullable String suggestion) {
    add(locations.of(path), path, found, allowed, suggestion);
  }

  /** Whether the key was written, rather than left to its default. */
  boolean written(String path) {
    return locations.written(path);
  }

  void add(
      String location, String path, String found, String allowed, @Nullable String suggestion) {
    list.add(new Problem(location, path, found, allowed, suggestion));
  }

  /** The problems so far. */
  public List<Problem> list() {
    return List.copyOf(list);
  }

  void throwIfAny() {
    if (!list.isEmpty()) {
      throw new ConfigException(list);
    }
  }
}
