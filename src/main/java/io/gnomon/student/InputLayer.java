package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What RoBERTa does before its encoder, on embeddings in place of token ids: the map d → D where
 * the widths differ, the start vector in front, positions, token type, LayerNorm, dropout.
 */
final class InputLayer {
  /** {@code layer_norm_eps} of RoBERTa. */
  static final double ROBERTA_EPSILON = 1e-5;

  private final Kernels training;
  private final Kernels inference;
  private final NDArray @Nullable [] map;
  private final NDArray[] weights;
  private final NDArray noMask;

  InputLayer(Parameters parameters, RobertaShape shape, Precision steps) {
    this.training = StudentKernels.load(shape, shape.encoder().dropout(), steps);
    this.inference = StudentKernels.load(shape, 0, Precision.FP32);
    this.map = shape.mapped() ? StudentKernels.product(parameters, RobertaShape.MAP) : null;
    this.weights =
        new NDArray[] {
          parameters.get(RobertaShape.START),
          parameters.get(RobertaShape.POSITIONS),
          parameters.get(RobertaShape.TOKEN_TYPE),
          parameters.get(RobertaShape.NORM + ".weight"),
          parameters.get(RobertaShape.NORM + ".bias")
        };
    this.noMask = parameters.manager().create(new Shape(0));
  }

  /** (B, T) → (B, 1 + T), int64, in the manager of {@code x}. */
  NDArray extend(NDArray x, NDArray mask) {
    NDArray extended = training.callOne("extend", true, mask);
    extended.attach(x.getManager());
    return extended;
  }

  /**
   * Embeds.
   *
   * @param x shape (B, T, d)
   * @param seen shape (B, 1 + T) of {@link #extend}, or null
   * @return shape (B, 1 + T, D)
   */
  NDArray forward(NDArray x, @Nullable NDArray seen, boolean train) {
    Kernels kernels = train ? training : inference;
    NDArray mask = seen == null ? noMask : seen;
    if (map == null) {
      return kernels.callOne("embed", train, StudentKernels.with(weights, x, mask));
    }
    try (NDArray mapped = kernels.callOne("map", train, StudentKernels.with(map, x))) {
      return kernels.callOne("embed", train, StudentKernels.with(weights, mapped, mask));
    }
  }
}
