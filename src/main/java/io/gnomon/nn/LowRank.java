package io.gnomon.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.MethodConfig.Lora;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trainable low-rank additions to the matrices of a frozen decoder (LoRA, Hu et al. 2021): W (O, D)
 * becomes W + α/r · B·A with A (r, D) and B (O, r), and gradients flow to A and B alone.
 *
 * <p>The sum is made once a step and the layers run on it as on any weight: beside some thousand
 * positions a batch its cost is nothing, and the kernels stay one for all.
 */
public final class LowRank implements AutoCloseable {
  private static final String WEIGHT = ".weight";

  private final DecoderParameters base;
  private final Parameters arrays;
  private final Kernels kernels;
  private final Map<String, List<Piece>> pieces = new LinkedHashMap<>();

  /** The rows of a joined matrix that are one matrix of the checkpoint. */
  private record Piece(NDArray weight, @Nullable NDArray a, @Nullable NDArray b) {}

  /**
   * Additions that add nothing yet: B is zero, and A uniform within ±1/√D as PEFT draws it (He et
   * al. 2015 with its negative slope at √5).
   */
  public LowRank(DecoderParameters base, Lora config, long seed) {
    this.base = base;
    this.arrays = new Parameters(base.manager(), true);
    this.kernels =
        Kernels.load(
            LowRank.class,
            "lora.ts.py",
            Map.of(
                "SCALE", Double.toString(config.scale()),
                "DROPOUT", Double.toString(config.dropout())));
    DecoderLayout.parts(base.shape())
        .forEach((joined, parts) -> pieces.put(joined, pieces(joined, parts, config, seed)));
    pieces.values().removeIf(list -> list.stream().allMatch(piece -> piece.a == null));
  }

  private List<Piece> pieces(String joined, List<TensorPart> parts, Lora config, long seed) {
    List<Piece> result = new ArrayList<>();
    long from = 0;
    for (TensorPart part : parts) {
      long to = from + part.shape()[0];
      String module = part.name().substring(0, part.name().lastIndexOf('.'));
      boolean chosen =
          part.name().endsWith(WEIGHT)
              && config.targets().contains(module.substring(module.lastIndexOf('.') + 1));
      NDArray a = chosen ? first(module, part.shape()[1], config.rank(), seed) : null;
      NDArray b = chosen ? second(module, part.shape()[0], config.rank()) : null;
      result.add(new Piece(rows(joined, from, to, parts.size()), a, b));
      from = to;
    }
    return result;
  }

  private NDArray rows(String joined, long from, long to, int parts) {
    NDArray whole = base.arrays().get(joined);
    return parts == 1 ? whole : whole.get(new NDIndex(from + ":" + to));
  }

  private NDArray first(String module, long width, int rank, long seed) {
    SplittableRandom random = Seeds.random(seed, "lora." + module, 0);
    float[] values = new float[Math.toIntExact(rank * width)];
    double bound = 1 / Math.sqrt((double) width);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    NDManager manager = arrays.manager();
    return arrays.add(module + ".lora_A" + WEIGHT, manager.create(values, new Shape(rank, width)));
  }

  private NDArray second(String module, long height, int rank) {
    NDArray zeros = arrays.manager().zeros(new Shape(height, rank));
    return arrays.add(module + ".lora_B" + WEIGHT, zeros);
  }

  /** A and B of each matrix, as {@code model.layers.0.self_attn.q_proj.lora_A.weight}. */
  public Parameters arrays() {
    return arrays;
  }

  /**
   * {@code decoder} on the weights with their additions, as {@link Decoder#now} has it; the sums
   * belong to the scope of the caller's step.
   */
  public Decoder now(Decoder decoder) {
    return decoder.over(this::weight);
  }

  private NDArray weight(String joined) {
    List<Piece> parts = pieces.get(joined);
    if (parts == null) {
      return base.arrays().get(joined);
    }
    NDList sums = new NDList();
    parts.forEach(piece -> sums.add(sum(piece)));
    return sums.size() == 1 ? sums.get(0) : NDArrays.concat(sums, 0);
  }

  private NDArray sum(Piece piece) {
    return piece.a == null || piece.b == null
        ? piece.weight
        : kernels.callOne("sum", true, piece.weight, piece.a, piece.b);
  }

  @Override
  public void close() {
    arrays.close();
  }
}
