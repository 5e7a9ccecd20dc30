package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Optional;

/** A sampler whose vectors are embeddings of tokens. */
sealed interface TokenSampler extends Sampler permits Tokens, Bursty, Labelled, Salient, Discourse {
  /** The embeddings. */
  EmbeddingTable table();

  /** The token ids of batch {@code index}, (B, T). */
  long[][] draw(long index, int batch);

  @Override
  default NDArray sample(NDManager manager, long index, int batch) {
    return table().lookup(manager, draw(index, batch));
  }

  @Override
  default Optional<long[][]> ids(long index, int batch) {
    return Optional.of(draw(index, batch));
  }
}
