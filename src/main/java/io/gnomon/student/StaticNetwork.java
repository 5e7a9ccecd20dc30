package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Kernels;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Features of each token by itself, their mean and largest over the tokens, one hidden layer.
 *
 * <p>What is made of a token does not depend on its neighbours, so that an export makes it of every
 * row of the table beforehand. Order is not seen. Zero counts among what the largest is taken of:
 * padding, which is made zero, then changes nothing, and an input without tokens has an answer.
 */
final class StaticNetwork implements Network {
  private final Kernels kernels = Kernels.load(StaticNetwork.class, "static.ts.py", Map.of());
  private final NDArray[] weights;

  StaticNetwork(Parameters parameters) {
    this.weights =
        Stream.of(StaticShape.MAP, StaticShape.DENSE, StaticShape.OUT)
            .flatMap(name -> Stream.of(StudentKernels.product(parameters, name)))
            .toArray(NDArray[]::new);
  }

  @Override
  public NDArray logits(NDArray x, @Nullable NDArray mask, boolean training) {
    if (mask != null) {
      return logits(training, x, mask);
    }
    try (NDArray all = x.getManager().ones(x.getShape().slice(0, 2))) { // (B, T)
      return logits(training, x, all);
    }
  }

  private NDArray logits(boolean training, NDArray... inputs) {
    return kernels.callOne("logits", training, StudentKernels.with(weights, inputs));
  }
}
