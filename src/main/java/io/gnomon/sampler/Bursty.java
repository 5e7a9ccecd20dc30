package io.gnomon.sampler;

import io.gnomon.teacher.EmbeddingTable;
import java.util.SplittableRandom;

/**
 * A few tokens drawn once per sequence and repeated among Zipf tokens. A word that keeps coming
 * back moves a teacher off its prior, as it does in real text.
 *
 * <p>Each sequence draws 1 to {@code topics} tokens, every allowed id alike, and its own share of
 * repeating positions, uniform on [0, {@code share}]; each position repeats with that probability.
 */
public final class Bursty implements TokenSampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final Repetition repetition;
  private final TokenPrior topicPrior;
  private final TokenPrior rest;

  Bursty(
      Draws draws,
      EmbeddingTable table,
      Repetition repetition,
      TokenPrior topicPrior,
      TokenPrior rest) {
    this.draws = draws;
    this.table = table;
    this.repetition = repetition;
    this.topicPrior = topicPrior;
    this.rest = rest;
  }

  @Override
  public EmbeddingTable table() {
    return table;
  }

  @Override
  public long[][] draw(long index, int batch) {
    return draws.ids(index, batch, this::fill);
  }

  private void fill(long[] row, SplittableRandom random) {
    repetition.fill(row, random, topicPrior::draw, rest::draw);
  }
}
