package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Seeds;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A trainable low-rank addition to a frozen embedding table: E (V, D) becomes E + α/r · Aᵀ·Bᵀ with
 * A (r, V) and B (D, r), named and laid out as PEFT has them. A token is so given r numbers of its
 * own, and all tokens share what these mean.
 */
public final class LowRankTable implements AutoCloseable {
  private final NDArray table;
  private final NDArray a;
  private final NDArray b;
  private final Parameters arrays;
  private final Kernels kernels;

  /**
   * An addition that adds nothing yet: A is zero, B normal with standard deviation 1/√r, so that an
   * entry of the table moves about as far in a step as one of A does.
   *
   * @param tables where the table is
   * @param name the table's, as {@code model.embed_tokens.weight}
   */
  public LowRankTable(Parameters tables, String name, Lora config, long seed) {
    this.table = tables.get(name);
    this.arrays = new Parameters(tables.manager(), true);
    this.kernels =
        Kernels.load(
            LowRankTable.class,
            "lora.ts.py",
            Map.of("SCALE", Double.toString(config.scale()), "DROPOUT", "0.0"));
    String module = name.substring(0, name.lastIndexOf('.'));
    Shape size = table.getShape();
    int rank = config.rank();
    this.a =
        arrays.add(
            module + ".lora_embedding_A", arrays.manager().zeros(new Shape(rank, size.get(0))));
    float[] values = new float[Math.toIntExact(size.get(1) * rank)];
    SplittableRandom random = Seeds.random(seed, "lora." + module, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() / Math.sqrt(rank));
    }
    this.b =
        arrays.add(
            module + ".lora_embedding_B",
            arrays.manager().create(values, new Shape(size.get(1), rank)));
  }

  /** A and B. */
  public Parameters arrays() {
    return arrays;
  }

  /**
   * The table with its addition as it is now; the sum belongs to the scope of the caller's step.
   */
  public NDArray now() {
    return kernels.callOne("table", true, table, a, b);
  }

  @Override
  public void close() {
    arrays.close();
  }
}
