package io.gnomon.baseline.classical;

import java.nio.file.Path;
import java.util.List;

/** Texts → dense vectors of length one. Safe for several threads. */
interface Embedder extends AutoCloseable {
  /**
   * Vectors and what they cost.
   *
   * @param vectors (N, D)
   * @param seconds that making them took, when they were made
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of vectors, never compared
  record Embedded(float[][] vectors, double seconds) {}

  /** MiniLM, and what was kept of it where {@code settings} names a folder. */
  static Embedder of(ClassicalSettings settings) {
    Embedder model = new MiniLm(settings.tokens(), settings.threads());
    Path folder = settings.embeddings();
    return folder == null ? model : new EmbeddingCache(model, folder);
  }

  /** The vectors of {@code texts}, each a function of its text alone. */
  Embedded embed(List<String> texts);

  /** {@link #embed}, with nothing read that was kept. */
  default Embedded embedAfresh(List<String> texts) {
    return embed(texts);
  }

  /** D. */
  int width();

  /** How many numbers the model has. */
  long numbers();

  /** Everything that its vectors depend on besides the text, in one line. */
  String description();

  @Override
  void close();
}
