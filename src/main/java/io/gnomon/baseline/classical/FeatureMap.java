package io.gnomon.baseline.classical;

import java.util.List;

/** Texts → vectors. Safe for several threads. */
interface FeatureMap extends AutoCloseable {
  /** The vectors of {@code texts}, all of one width. */
  PreparedFeatures prepare(List<String> texts);

  /** {@link #prepare}, with nothing read that was kept. */
  default PreparedFeatures prepareAfresh(List<String> texts) {
    return prepare(texts);
  }

  /** How many numbers it stores. */
  long numbers();

  /** Frees what lies outside the heap, where anything does. */
  @Override
  default void close() {}
}
