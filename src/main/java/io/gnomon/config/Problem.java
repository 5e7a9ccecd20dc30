package io.gnomon.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a configuration; {@link #toString} is the line the user reads.
 *
 * @param location {@code file:line}, or the {@code --set} argument as it was given
 * @param keyPath the keys from the root, joined by dots; empty for the file as a whole
 * @param found what stands there
 * @param allowed what may stand there
 * @param suggestion the nearest allowed value, where one is near
 */
public record Problem(
    String location, String keyPath, String found, String allowed, @Nullable String suggestion) {
  @Override
  public String toString() {
    String path = keyPath.isEmpty() ? "" : keyPath + ": ";
    String nearest = suggestion == null ? "" : "; did you mean '" + suggestion + "'?";
    String line = location + ": " + path + found + "; allowed: " + allowed + nearest;
    return line.replaceAll("\\s*\\R\\s*", " ");
  }
}
