package io.gnomon.checkpoint;

import java.io.IOException;

/** Takes a value and may fail with an {@link IOException}; what writes the content of a file. */
@FunctionalInterface
public interface IOConsumer<T> {
  /** Consumes {@code value}. */
  void accept(T value) throws IOException;
}
