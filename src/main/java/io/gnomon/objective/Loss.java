package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A loss and what it is made of.
 *
 * @param total scalar, the sum of the parts; what is differentiated
 * @param parts scalars by name, in the order in which they are logged
 */
public record Loss(NDArray total, Map<String, NDArray> parts) {
  public Loss {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** The loss of one part named {@code divergence}. */
  static Loss of(NDArray divergence) {
    return of("divergence", divergence);
  }

  /** The loss of one part. */
  static Loss of(String name, NDArray part) {
    return new Loss(part, Map.of(name, part));
  }

  /** This loss with one more part. */
  Loss plus(String name, NDArray part) {
    Map<String, NDArray> all = new LinkedHashMap<>(parts);
    all.put(name, part);
    return new Loss(total.add(part), all);
  }
}
