package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;

/**
 * A batch of inputs behind a cached prefix, run once. Any number of endings may follow: each is run
 * on top of the inputs' keys and values, as if it alone stood behind them.
 */
public final class SharedInputs implements AutoCloseable {
  private final Decoder decoder;
  private final KeyValueCache past;
  private final int prefix;
  private final int[] lengths;

  private SharedInputs(Decoder decoder, KeyValueCache past, int prefix, int[] lengths) {
    this.decoder = decoder;
    this.past = past;
    this.prefix = prefix;
    this.lengths = lengths;
  }

  /** Runs {@code x} (B, T, D) behind {@code prefix}; every row has T vectors. */
  public static SharedInputs of(Decoder decoder, NDArray x, KeyValueCache prefix) {
    int[] lengths = new int[(int) x.getShape().get(0)];
    Arrays.fill(lengths, (int) x.getShape().get(1));
    return of(decoder, x, prefix, lengths);
  }

  /**
   * Runs a batch of rows of unequal length.
   *
   * @param x (B, T, D), row i padded on the right behind {@code lengths[i]} vectors
   * @param prefix (1, G, P, E) a layer
   * @throws io.gnomon.config.InputException when P + T exceeds the decoder's positions
   */
  public static SharedInputs of(Decoder decoder, NDArray x, KeyValueCache prefix, int[] lengths) {
    KeyValueCache past = decoder.prefill().behind(prefix, x, lengths);
    return new SharedInputs(decoder, past, prefix.length(), lengths.clone());
  }

  /** B. */
  public int rows() {
    return lengths.length;
  }

  /**
   * The last layer's output at the last position of each ending, not yet normed.
   *
   * @param endings (1, S, D), one ending behind another
   * @param sizes vectors of each of the E endings, at least 1; S in all
   * @return (B, E, D), in the manager of {@code endings}
   * @throws io.gnomon.config.InputException when prefix, a row and an ending exceed the decoder's
   *     positions
   */
  public NDArray last(NDArray endings, int[] sizes) {
    if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "endings: expected at least 1 vector each, found " + Arrays.toString(sizes));
    }
    decoder.windows().requireRoom(prefix, largest(lengths) + largest(sizes));
    NDManager owner = endings.getManager();
    try (NDManager scope = owner.newSubManager();
        AttentionWindow window =
            decoder.windows().endings(scope, prefix, width(), lengths, sizes)) {
      NDArray x = endings.repeat(0, rows()); // (B, S, D)
      x.attach(scope);
      NDArray y = decoder.stack().ends(x, window, past, ends(sizes, scope), scope); // (B, E, D)
      y.attach(owner);
      return y;
    }
  }

  private int width() {
    return past.length() - prefix;
  }

  private static int largest(int[] counts) {
    return Arrays.stream(counts).max().orElse(0);
  }

  /** The place of each ending's last vector. */
  private static NDArray ends(int[] sizes, NDManager manager) {
    long[] ends = new long[sizes.length];
    long before = 0;
    for (int i = 0; i < sizes.length; i++) {
      before += sizes[i];
      ends[i] = before - 1;
    }
    return manager.create(ends);
  }

  @Override
  public void close() {
    past.close();
  }
}
