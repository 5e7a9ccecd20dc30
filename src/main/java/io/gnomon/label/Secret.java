package io.gnomon.label;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server's key, which is shown and written nowhere. */
public final class Secret {
  /** No key. */
  public static final Secret NONE = new Secret(null);

  private final @Nullable String key;

  private Secret(@Nullable String key) {
    this.key = key;
  }

  /** A key; none when it is blank. */
  public static Secret of(@Nullable String key) {
    return key == null || key.isBlank() ? NONE : new Secret(key.strip());
  }

  /** For the one who sends it. */
  Optional<String> reveal() {
    return Optional.ofNullable(key);
  }

  /** Strikes it out of what a server says: some repeat what they were sent. */
  String hide(String text) {
    return key == null ? text : text.replace(key, "***");
  }

  @Override
  public String toString() {
    return key == null ? "none" : "***";
  }
}
