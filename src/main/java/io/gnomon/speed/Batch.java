package io.gnomon.speed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.tensor.Seeds;
import java.util.SplittableRandom;

/**
 * What every rung answers: one prefix, one batch behind it, and the words that are read.
 *
 * @param prefix (1, P, d)
 * @param x (B, T, d)
 * @param words ids of the words read, a class each
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Batch(NDArray prefix, NDArray x, long[] words) {
  /** K, how many classes the ladder's task has. */
  static final int CLASSES = 4;

  private static final long SEED = 7;

  /** Embeddings of uniform tokens of {@code subject}. */
  static Batch of(MeasuredTeacher subject, NDManager manager, int prefix, int length, int batch) {
    long[] words = new long[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      words[k] = (k + 1L) * subject.shape().vocabulary() / (CLASSES + 1);
    }
    return new Batch(
        embeddings(subject, manager, 1, prefix, 0),
        embeddings(subject, manager, batch, length, 1),
        words);
  }

  private static NDArray embeddings(
      MeasuredTeacher subject, NDManager manager, int rows, int length, long stream) {
    int[] ids = subject.tokens().byRank();
    SplittableRandom random = Seeds.random(SEED, "speed", stream);
    long[][] drawn = new long[rows][length];
    for (long[] row : drawn) {
      for (int t = 0; t < length; t++) {
        row[t] = ids[random.nextInt(ids.length)];
      }
    }
    return subject.table().lookup(manager, drawn);
  }

  int rows() {
    return (int) x.getShape().get(0);
  }

  int length() {
    return (int) x.getShape().get(1);
  }

  int prefixLength() {
    return (int) prefix.getShape().get(1);
  }
}
