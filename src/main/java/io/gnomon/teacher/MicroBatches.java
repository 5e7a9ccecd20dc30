package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.gnomon.tensor.Scopes;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A batch answered piece by piece, each answer in its row's place. */
final class MicroBatches {
  private MicroBatches() {}

  /**
   * Answers {@code x}.
   *
   * @param x (B, T, d)
   * @param rows most inputs of a piece
   * @param function (b, T, d) → (b, K), the answer in no scope and in the piece's manager
   * @return (B, K), in no scope and in x's manager
   */
  static NDArray answers(NDArray x, int rows, UnaryOperator<NDArray> function) {
    long batch = x.getShape().get(0);
    if (batch <= rows) {
      return function.apply(x);
    }
    try (NDScope scope = new NDScope();
        NDList parts = new NDList()) {
      scope.suppressNotUsedWarning();
      for (long first = 0; first < batch; first += rows) {
        long end = Math.min(batch, first + rows);
        try (NDArray piece = x.get(new NDIndex("{}:{}", first, end))) {
          parts.add(function.apply(piece));
        }
      }
      NDArray whole = NDArrays.concat(parts, 0);
      return Scopes.keep(whole, x.getManager());
    }
  }

  /** As the other, on token sequences; a piece is padded to its own longest alone. */
  static float[][] answers(TokenBatch batch, int rows, Function<TokenBatch, float[][]> function) {
    int size = batch.ids().length;
    if (size <= rows) {
      return function.apply(batch);
    }
    float[][] all = new float[size][];
    for (int first = 0; first < size; first += rows) {
      int end = Math.min(size, first + rows);
      System.arraycopy(function.apply(batch.rows(first, end)), 0, all, first, end - first);
    }
    return all;
  }
}
