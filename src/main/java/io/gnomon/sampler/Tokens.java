package io.gnomon.sampler;

import io.gnomon.teacher.EmbeddingTable;
import java.util.SplittableRandom;

/** Embeddings of token ids drawn independently from a prior. */
public final class Tokens implements TokenSampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final TokenPrior prior;

  Tokens(Draws draws, EmbeddingTable table, TokenPrior prior) {
    this.draws = draws;
    this.table = table;
    this.prior = prior;
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
    for (int t = 0; t < row.length; t++) {
      row[t] = prior.draw(random);
    }
  }
}
