package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Token sequences of unequal length, padded on the right with id 0 (any id would do: no model looks
 * at padding).
 *
 * @param ids B rows of T ids
 * @param lengths ids of each row that count, each at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a batch, never compared
public record TokenBatch(long[][] ids, int[] lengths) {

  /** Pads {@code rows} to the longest. */
  public static TokenBatch of(List<long[]> rows) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    long[][] ids = rows.stream().map(row -> Arrays.copyOf(row, longest)).toArray(long[][]::new);
    return new TokenBatch(ids, rows.stream().mapToInt(row -> row.length).toArray());
  }

  /** The rows from {@code first} to {@code end}, excluded, padded to the longest of them. */
  TokenBatch rows(int first, int end) {
    return of(
        IntStream.range(first, end).mapToObj(i -> Arrays.copyOf(ids[i], lengths[i])).toList());
  }

  /** Whether any row is padded. */
  public boolean padded() {
    return Arrays.stream(lengths).anyMatch(length -> length != ids[0].length);
  }

  /**
   * The same rows with the last token of each moved behind its padding, to the last place: where a
   * decoder reads its answer when nothing follows the input. One token fewer stands before padding.
   */
  long[][] closedByLast() {
    long[][] closed = new long[ids.length][];
    for (int row = 0; row < ids.length; row++) {
      closed[row] = ids[row].clone();
      int last = lengths[row] - 1;
      closed[row][last] = 0;
      closed[row][ids[row].length - 1] = ids[row][last];
    }
    return closed;
  }

  /** (B, T) float32: 1 where a token counts, 0 on padding. */
  public NDArray mask(NDManager manager) {
    int width = ids[0].length;
    float[] mask = new float[ids.length * width];
    for (int row = 0; row < ids.length; row++) {
      Arrays.fill(mask, row * width, row * width + lengths[row], 1f);
    }
    return manager.create(mask, new Shape(ids.length, width));
  }
}
