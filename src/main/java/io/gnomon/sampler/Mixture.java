package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.gnomon.teacher.EmbeddingTable;
import java.nio.FloatBuffer;

/**
 * Convex combinations of token embeddings: each vector is Σ_m w_m E[id_m] with ids from a prior and
 * w from a symmetric Dirichlet distribution.
 */
public final class Mixture implements Sampler {
  private final Draws draws;
  private final EmbeddingTable table;
  private final int components;
  private final Dirichlet dirichlet;
  private final TokenPrior prior;

  Mixture(
      Draws draws, EmbeddingTable table, int components, Dirichlet dirichlet, TokenPrior prior) {
    this.draws = draws;
    this.table = table;
    this.components = components;
    this.dirichlet = dirichlet;
    this.prior = prior;
  }

  @Override
  public NDArray sample(NDManager manager, long index, int batch) {
    Draws.Batch drawn = draws.batch(index);
    int length = drawn.length();
    long[][][] ids = new long[components][batch][length];
    float[][] weights = new float[components][batch * length];
    double[] simplex = new double[components];
    for (int position = 0; position < batch * length; position++) {
      dirichlet.draw(drawn.random(), simplex);
      for (int m = 0; m < components; m++) {
        ids[m][position / length][position % length] = prior.draw(drawn.random());
        weights[m][position] = (float) simplex[m];
      }
    }
    return combine(manager, ids, weights, new Shape(batch, length, 1));
  }

  /** Σ_m w_m E[id_m], one term after the other: the same roundings on every device. */
  private NDArray combine(NDManager manager, long[][][] ids, float[][] weights, Shape shape) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray sum = scope.zeros(new Shape(shape.get(0), shape.get(1), table.dimension()));
      for (int m = 0; m < components; m++) {
        try (NDArray term = table.lookup(scope, ids[m]); // (B, T, d)
            NDArray weight = scope.create(FloatBuffer.wrap(weights[m]), shape)) { // (B, T, 1)
          term.muli(weight);
          sum.addi(term);
        }
      }
      sum.attach(manager);
      return sum;
    }
  }
}
