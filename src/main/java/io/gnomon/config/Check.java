package io.gnomon.config;

/**
 * A check that a higher package adds to the loader's own, as the teacher's of words and positions.
 * It runs on a configuration whose every key could be read; what it finds is reported with the
 * rest.
 *
 * @param <T> the configuration checked
 */
@FunctionalInterface
public interface Check<T> {
  /** Adds what is wrong with {@code config} to {@code problems}. */
  void check(T config, Problems problems);
}
