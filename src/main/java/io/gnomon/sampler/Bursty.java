package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A few tokens drawn once per sequence and repeated among Zipf tokens. A word that keeps coming
 * back moves a teacher off its prior, as it does in real text.
 *
 * <p>Each sequence draws 1 to {@code topics} tokens, every allowed id alike, and its own share of
 * repeating positions, uniform on [0, {@code share}]; each position repeats with that probability.
 */
public final class Bursty implements Sampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final int topics;
  private final double share;
  private final TokenPrior topicPrior;
  private final TokenPrior rest;

  Bursty(
      Draws draws,
      EmbeddingTable table,
      int topics,
      double share,
      TokenPrior topicPrior,
      TokenPrior rest) {
    this.draws = draws;
    this.table = table;
    this.topics = topics;
    this.share = share;
    this.topicPrior = topicPrior;
    this.rest = rest;
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    return table.lookup(manager, draws.ids(index, batch, this::fill));
  }

  @Override
  public Optional<long[][]> ids(long index, int batch) {
    return Optional.of(draws.ids(index, batch, this::fill));
  }

  private void fill(long[] row, SplittableRandom random) {
    int[] repeated = new int[1 + random.nextInt(topics)];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = topicPrior.draw(random);
    }
    double own = share * random.nextDouble();
    for (int t = 0; t < row.length; t++) {
      boolean repeats = random.nextDouble() < own;
      row[t] = repeats ? repeated[random.nextInt(repeated.length)] : rest.draw(random);
    }
  }
}
