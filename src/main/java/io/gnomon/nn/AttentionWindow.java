package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * Who sees whom, and where each vector stands; as made here, and again in the form that the layers
 * take (see {@code window} in {@code decoder.ts.py}).
 *
 * @param mask (1|B, 1, S, P + S), true where a query may look
 * @param cos (1|B, 1, S, E)
 * @param sin (1|B, 1, S, E)
 */
record AttentionWindow(NDArray mask, NDArray cos, NDArray sin) implements AutoCloseable {

  /** Causal attention behind {@code past} cached positions, without padding. */
  static AttentionWindow causal(NDManager manager, RopeTables rope, int past, int length) {
    boolean[] see = new boolean[length * (past + length)];
    for (int q = 0; q < length; q++) {
      Arrays.fill(see, q * (past + length), q * (past + length) + past + q + 1, true);
    }
    int[] positions = new int[length];
    Arrays.setAll(positions, i -> past + i);
    return new AttentionWindow(
        manager.create(see, new Shape(1, 1, length, past + length)),
        rope.cos(manager, positions, 1),
        rope.sin(manager, positions, 1));
  }

  /**
   * Causal attention where row i has {@code lengths[i]} inputs, padded on the right to {@code
   * width}, and {@code suffix} more vectors behind the padding that stand, and see, as if the
   * padding were not there. Padding sees itself as well: a query that sees nothing is NaN.
   */
  static AttentionWindow padded(
      NDManager manager, RopeTables rope, int past, int[] lengths, int width, int suffix) {
    int total = width + suffix;
    boolean[] see = new boolean[lengths.length * total * (past + total)];
    int[] positions = new int[lengths.length * total];
    for (int row = 0; row < lengths.length; row++) {
      for (int q = 0; q < total; q++) {
        int skipped = q < width ? 0 : width - lengths[row];
        positions[row * total + q] = past + q - skipped;
        int base = (row * total + q) * (past + total);
        Arrays.fill(see, base, base + past + Math.min(q + 1, lengths[row]), true);
        see[base + past + q] = true;
        if (q >= width) {
          Arrays.fill(see, base + past + width, base + past + q, true);
        }
      }
    }
    return new AttentionWindow(
        manager.create(see, new Shape(lengths.length, 1, total, past + total)),
        rope.cos(manager, positions, lengths.length),
        rope.sin(manager, positions, lengths.length));
  }

  /**
   * Endings side by side behind inputs that are cached: each sees the prefix, the inputs of its row
   * and itself, and stands as if no other were there.
   *
   * @param prefix cached positions that every row sees
   * @param width cached positions of the inputs, of which row i has {@code lengths[i]}
   * @param sizes vectors of each ending
   */
  static AttentionWindow endings(
      NDManager manager, RopeTables rope, int prefix, int width, int[] lengths, int[] sizes) {
    int[] rows = Arrays.stream(lengths).distinct().count() == 1 ? new int[] {lengths[0]} : lengths;
    int total = Arrays.stream(sizes).sum();
    int all = prefix + width + total;
    boolean[] see = new boolean[rows.length * total * all];
    int[] positions = new int[rows.length * total];
    for (int row = 0; row < rows.length; row++) {
      int query = row * total;
      int first = prefix + width; // of the ending, among all keys
      for (int size : sizes) {
        for (int i = 0; i < size; i++, query++) {
          positions[query] = prefix + rows[row] + i;
          Arrays.fill(see, query * all, query * all + prefix + rows[row], true);
          Arrays.fill(see, query * all + first, query * all + first + i + 1, true);
        }
        first += size;
      }
    }
    return new AttentionWindow(
        manager.create(see, new Shape(rows.length, 1, total, all)),
        rope.cos(manager, positions, rows.length),
        rope.sin(manager, positions, rows.length));
  }

  @Override
  public void close() {
    mask.close();
    cos.close();
    sin.close();
  }
}
