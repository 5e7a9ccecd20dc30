package io.gnomon.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.projection.Batches;
import io.gnomon.teacher.EmbeddingTable;
import io.gnomon.teacher.TokenBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Batches of text in the teacher's embedding space, in shuffled epochs: what the loop of a
 * projection is given in place of noise.
 *
 * <p>What a text is to be answered with is any row of K numbers from 0 to 1: a gold class as a one
 * among zeros (no label smoothing), several gold labels as several ones, a teacher's probabilities.
 */
public final class TextBatches implements Batches {
  private final List<long[]> texts;
  private final double[][] targets;
  private final EmbeddingTable table;
  private final TextOrder order;

  /**
   * Batches of {@code texts}.
   *
   * @param texts token ids, N rows of at least one
   * @param targets what they are to be answered with, (N, K)
   * @param table the teacher's embeddings
   * @param size B, texts a batch
   * @param seed of the order
   */
  public TextBatches(
      List<long[]> texts, double[][] targets, EmbeddingTable table, int size, long seed) {
    if (texts.isEmpty() || texts.size() != targets.length) {
      throw new IllegalArgumentException(
          "expected a target for each of some texts: " + targets.length + " for " + texts.size());
    }
    this.texts = texts;
    this.targets = targets;
    this.table = table;
    this.order = new TextOrder(texts.stream().mapToInt(ids -> ids.length).toArray(), size, seed);
  }

  @Override
  public Batch draw(NDManager owner, long index) {
    int[] rows = order.rows(index);
    TokenBatch batch = TokenBatch.of(Arrays.stream(rows).mapToObj(texts::get).toList());
    NDArray x = table.lookup(owner, batch.ids()); // (B, T, d)
    NDArray mask = batch.padded() ? batch.mask(owner) : null; // (B, T)
    return new Batch(x, mask, targets(owner, rows));
  }

  /** (B, K) float32. */
  private NDArray targets(NDManager owner, int[] rows) {
    double[] flat =
        Arrays.stream(rows).mapToObj(row -> targets[row]).flatMapToDouble(Arrays::stream).toArray();
    float[] narrow = new float[flat.length];
    for (int i = 0; i < flat.length; i++) {
      narrow[i] = (float) flat[i];
    }
    return owner.create(narrow, new Shape(rows.length, flat.length / rows.length));
  }
}
