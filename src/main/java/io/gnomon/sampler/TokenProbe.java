package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Arrays;

/** Asks a teacher about tokens, each in a sequence of nothing else. */
final class TokenProbe {
  private static final int AT_ONCE = 256;

  private TokenProbe() {}

  static float[][] answers(Confidence confidence, EmbeddingTable table, int[] tokens, int copies) {
    float[][] g = new float[tokens.length][];
    for (int from = 0; from < tokens.length; from += AT_ONCE) {
      int count = Math.min(AT_ONCE, tokens.length - from);
      float[] some = some(confidence, table, sequences(tokens, from, count, copies));
      int classes = some.length / count;
      for (int i = 0; i < count; i++) {
        g[from + i] = Arrays.copyOfRange(some, i * classes, (i + 1) * classes);
      }
    }
    return g;
  }

  private static long[][] sequences(int[] tokens, int from, int count, int copies) {
    long[][] rows = new long[count][copies];
    for (int i = 0; i < count; i++) {
      Arrays.fill(rows[i], tokens[from + i]);
    }
    return rows;
  }

  private static float[] some(Confidence confidence, EmbeddingTable table, long[][] rows) {
    try (NDManager local = table.weight().getManager().newSubManager();
        NDArray g = confidence.probabilities(table.lookup(local, rows))) {
      return g.toFloatArray();
    }
  }
}
