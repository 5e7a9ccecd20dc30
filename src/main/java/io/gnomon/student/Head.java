package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Kernels;
import io.gnomon.tensor.Precision;
import java.util.stream.Stream;

/** RoBERTa's classification head: dropout, dense, tanh, dropout, dense. */
final class Head {
  private final Kernels training;
  private final Kernels inference;
  private final NDArray[] weights;

  Head(Parameters parameters, RobertaShape shape, Precision steps) {
    this.training = StudentKernels.load(shape, shape.encoder().dropout(), steps);
    this.inference = StudentKernels.load(shape, 0, Precision.FP32);
    this.weights =
        Stream.of(RobertaShape.DENSE, RobertaShape.OUT)
            .flatMap(name -> Stream.of(StudentKernels.product(parameters, name)))
            .toArray(NDArray[]::new);
  }

  /** (B, 1, D) → (B, K). */
  NDArray forward(NDArray first, boolean train) {
    Kernels kernels = train ? training : inference;
    return kernels.callOne("head", train, StudentKernels.with(weights, first));
  }
}
