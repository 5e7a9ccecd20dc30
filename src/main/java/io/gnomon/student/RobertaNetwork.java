package io.gnomon.student;

import ai.djl.ndarray.NDArray;
import io.gnomon.nn.Encoder;
import io.gnomon.nn.Parameters;
import io.gnomon.tensor.Precision;
import org.jspecify.annotations.Nullable;

/** A RoBERTa encoder, and its head on the start vector. */
final class RobertaNetwork implements Network {
  private final InputLayer input;
  private final Encoder encoder;
  private final Head head;

  RobertaNetwork(Parameters parameters, RobertaShape shape, Precision steps) {
    this.input = new InputLayer(parameters, shape, steps);
    this.encoder =
        new Encoder(parameters, RobertaShape.ENCODER, shape.encoder(), steps, Precision.FP32);
    this.head = new Head(parameters, shape, steps);
  }

  @Override
  public NDArray logits(NDArray x, @Nullable NDArray mask, boolean training) {
    try (NDArray first = firstPosition(x, mask, training)) { // (B, 1, D)
      return head.forward(first, training); // (B, K)
    }
  }

  /** The encoder's output at the start vector, (B, 1, D). */
  NDArray firstPosition(NDArray x, @Nullable NDArray mask, boolean training) {
    NDArray seen = mask == null ? null : input.extend(x, mask); // (B, 1 + T)
    try (NDArray h = input.forward(x, seen, training)) { // (B, 1 + T, D)
      return encoder.first(h, seen, training); // (B, 1, D)
    } finally {
      if (seen != null) {
        seen.close();
      }
    }
  }
}
