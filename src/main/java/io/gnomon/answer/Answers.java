package io.gnomon.answer;

import ai.djl.ndarray.NDArray;
import io.gnomon.teacher.Teacher;

/** g on the numbered batches of one sampler, wherever it comes from. */
@FunctionalInterface
public interface Answers {
  /**
   * g on one batch.
   *
   * @param index number of the batch in its sampler
   * @param x its inputs, (B, T, d)
   * @return (B, K) float32 in x's manager
   */
  NDArray probabilities(long index, NDArray x);

  /** The teacher is asked every time. */
  static Answers asked(Teacher teacher) {
    return (index, x) -> teacher.probabilities(x);
  }
}
