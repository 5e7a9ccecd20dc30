package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.gnomon.teacher.EmbeddingTable;
import java.util.Arrays;

/** Puts vectors back onto the embedding table: each onto the nearest token that may be drawn. */
final class Projector {
  private final EmbeddingTable table;
  private final long[] ids;

  Projector(EmbeddingTable table, int[] ids) {
    this.table = table;
    this.ids = Arrays.stream(ids).asLongStream().toArray();
  }

  /**
   * Nearest by Euclidean distance.
   *
   * @param x (B, T, d)
   * @return (B, T, d), every vector a row of the table
   */
  NDArray nearest(NDManager manager, NDArray x) {
    NDArray rows = table.lookup(manager, new long[][] {ids}).squeeze(0); // (V', d)
    NDArray half = rows.square().sum(new int[] {1}).mul(0.5f); // (V')
    NDArray columns = rows.transpose();
    NDList sequences = new NDList();
    // A sequence at a time: (T, V') at once, not (B, T, V').
    for (long row = 0; row < x.getShape().get(0); row++) {
      // ‖x − e‖² = ‖x‖² − 2 (⟨x, e⟩ − ‖e‖²/2)
      NDArray best = x.get(row).matMul(columns).sub(half).argMax(1);
      sequences.add(rows.get(best));
    }
    return NDArrays.stack(sequences);
  }
}
