package io.gnomon.sampler;

import ai.djl.ndarray.NDArray;

/** In a teacher's place where there is none. */
final class Nobody implements Confidence {
  @Override
  public NDArray probabilities(NDArray x) {
    throw new IllegalStateException("no teacher to be asked");
  }

  @Override
  public NDArray gradient(NDArray x, float[] weights) {
    throw new IllegalStateException("no teacher to be asked");
  }
}
