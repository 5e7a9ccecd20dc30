package io.gnomon.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of what ships inside the jar, written {@code embedded:NAME} where a path may stand. */
public final class Embedded {
  /** What a path to something embedded begins with. */
  public static final String PREFIX = "embedded:";

  /** Teachers that ship with Gnomon. */
  public static final List<String> TEACHERS = List.of(PREFIX + "pocket");

  /** Tables of labelled text that ship with Gnomon. */
  public static final List<String> TABLES = List.of(PREFIX + "goemotions-slice.tsv");

  private Embedded() {}

  /** The name behind {@code embedded:}, or null for an ordinary path. */
  public static @Nullable String name(String path) {
    return path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : null;
  }
}
