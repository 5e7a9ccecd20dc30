package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Optional;

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
    return table.lookup(manager, draw(index, batch));
  }

  @Override
  public Optional<long[][]> ids(long index, int batch) {
    return Optional.of(draw(index, batch));
  }

  private long[][] draw(long index, int batch) {
    Draws.Batch drawn = draws.batch(index);
    long[][] ids = new long[batch][drawn.length()];
    for (long[] row : ids) {
      for (int t = 0; t < row.length; t++) {
        row[t] = prior.draw(drawn.random());
      }
    }
    return ids;
  }
}
