package io.gnomon.label;

import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address of a server, behind the name of a model. */
final class Address {
  private static final Pattern BEGUN = Pattern.compile("http|[A-Za-z][A-Za-z0-9+.-]*://");
  private static final Pattern SPOKEN = Pattern.compile("https?", Pattern.CASE_INSENSITIVE);

  private Address() {}

  /** Where the @ before it stands; -1 where none does. A model's name may have one too. */
  static int at(String given) {
    int at = given.lastIndexOf('@');
    while (at >= 0 && !BEGUN.matcher(given).region(at + 1, given.length()).lookingAt()) {
      at = given.lastIndexOf('@', at - 1);
    }
    return at;
  }

  /** Null when it is no plain address: what stands in one is shown and kept, a password is not. */
  static @Nullable URI of(String text) {
    try {
      URI url = URI.create(text);
      boolean plain =
          SPOKEN.matcher(Objects.requireNonNullElse(url.getScheme(), "")).matches()
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null
              && url.getRawFragment() == null;
      return plain ? url : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
