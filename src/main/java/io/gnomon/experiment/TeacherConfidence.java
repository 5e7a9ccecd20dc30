package io.gnomon.experiment;

import ai.djl.ndarray.NDArray;
import io.gnomon.sampler.Confidence;
import io.gnomon.teacher.Teacher;
import java.util.function.Supplier;

/**
 * A teacher as samplers ask it.
 *
 * @param teacher asked for when the first of them does: most never do
 */
record TeacherConfidence(Supplier<Teacher> teacher) implements Confidence {
  @Override
  public NDArray probabilities(NDArray x) {
    return teacher.get().probabilities(x);
  }

  @Override
  public NDArray gradient(NDArray x, float[] weights) {
    return teacher.get().gradient(x, weights);
  }
}
