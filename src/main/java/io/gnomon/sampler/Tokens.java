package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Optional;
import java.util.SplittableRandom;

/** Embeddings of token ids drawn independently from a prior. */
public final class Tokens implements Sampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final TokenPrior prior;

  Tokens(Draws draws, EmbeddingTable table, TokenPrior prior) {
    this.draws = draws;
    this.table = table;
    this.prior = prior;
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
    for (int t = 0; t < row.length; t++) {
      row[t] = prior.draw(random);
    }
  }
}
