package io.gnomon.sampler;

import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Arrays;

/** Tokens by the cosine of their embeddings. */
final class Neighbours {
  private final EmbeddingTable table;
  private final int[] ids;
  private final HostTable units;

  /**
   * Neighbours among {@code ids}.
   *
   * @param ids tokens that may be named as neighbours
   */
  Neighbours(EmbeddingTable table, int[] ids) {
    this.table = table;
    this.ids = ids.clone();
    this.units = new HostTable(table, ids, false, true);
  }

  /**
   * The {@code count} tokens nearest to {@code token}, nearest first; of two alike the one earlier
   * in the list given. All there are when they are fewer.
   *
   * @param token any token of the table; when it may be named itself, it comes first
   */
  int[] nearest(int token, int count) {
    float[] cosines = units.scores(row(token)); // up to a factor, the length of the row
    long[] order = new long[cosines.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = (long) ascending(-cosines[i]) << Integer.SIZE | i;
    }
    Arrays.sort(order);
    return Arrays.stream(order).limit(count).mapToInt(key -> ids[(int) key]).toArray();
  }

  private float[] row(int token) {
    try (NDManager local = table.weight().getManager().newSubManager()) {
      return table.lookup(local, new long[][] {{token}}).toFloatArray();
    }
  }

  /** An integer in the order of the floats. */
  private static int ascending(float value) {
    int bits = Float.floatToIntBits(value);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
