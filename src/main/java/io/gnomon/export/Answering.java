package io.gnomon.export;

import io.gnomon.teacher.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/** Something that gives probabilities for token sequences: the student, or what was made of it. */
interface Answering extends AutoCloseable {
  /** (B, K) probabilities for one batch. */
  double[][] answer(TokenBatch batch);

  /** N rows of K, batch after batch. */
  default double[][] answers(List<TokenBatch> batches) {
    List<double[]> all = new ArrayList<>();
    batches.forEach(batch -> all.addAll(List.of(answer(batch))));
    return all.toArray(new double[0][]);
  }

  @Override
  void close();
}
