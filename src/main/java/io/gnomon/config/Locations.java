package io.gnomon.config;

import java.util.HashMap;
import java.util.Map;

/** Where each key of a loaded configuration was written. */
public final class Locations {
  private final Map<String, String> byPath = new HashMap<>();

  Locations() {}

  void put(String path, String location) {
    byPath.put(path, location);
  }

  /** Whether the key was written, rather than left to its default. */
  public boolean written(String path) {
    return byPath.containsKey(path);
  }

  /**
   * The {@code file:line} of a key, or of the nearest key above it that was written: a default has
   * no line of its own.
   *
   * @param path keys joined by dots, list items by their index: {@code sampler.length.max}
   */
  public String of(String path) {
    String at = path;
    while (!byPath.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
    }
    return byPath.getOrDefault(at, "configuration");
  }
}
