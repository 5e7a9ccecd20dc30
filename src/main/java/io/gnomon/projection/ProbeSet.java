package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.answer.Answers;
import io.gnomon.config.InputException;
import io.gnomon.geometry.SampledFunction;
import io.gnomon.sampler.Sampler;
import io.gnomon.student.Student;
import io.gnomon.tensor.Matrices;

/**
 * N inputs fixed by the seed, on which g and h are compared throughout a run (Eq. 6, 11). The
 * teacher's answers are kept; the inputs, a pure function of their index, are drawn again each
 * time.
 */
public final class ProbeSet {
  /** Samples drawn at once; the last batch may have fewer. */
  public static final int BATCH = 64;

  private final Sampler sampler;
  private final NDManager manager;
  private final int size;
  private final SampledFunction g;

  /**
   * Draws the set and asks the teacher.
   *
   * @param sampler under a seed of its own, so that no probe is a training sample
   * @param teacher g on its batches
   * @param manager owner of what is in flight
   * @param size N
   * @throws InputException when an answer of the teacher is not finite
   */
  public ProbeSet(Sampler sampler, Answers teacher, NDManager manager, int size) {
    this.sampler = sampler;
    this.manager = manager;
    this.size = size;
    this.g = finite(answers((index, x) -> rows(teacher.probabilities(index, x))));
  }

  private static SampledFunction finite(double[][] g) {
    try {
      return SampledFunction.of(g);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "teacher: expected finite probabilities, found others ("
              + e.getMessage()
              + "); try teacher.precision: fp32, then another copy of the weights",
          e);
    }
  }

  /** g on the set, N × K. */
  public SampledFunction g() {
    return g;
  }

  /** h on the set, N × K. */
  public SampledFunction h(Student student) {
    return SampledFunction.of(answers((index, x) -> student.probabilities(x, null)));
  }

  /** A function of a numbered batch: N × K. */
  @FunctionalInterface
  private interface Batch {
    double[][] answers(long index, NDArray x);
  }

  private double[][] answers(Batch function) {
    double[][] all = new double[size][];
    for (int first = 0; first < size; first += BATCH) {
      int count = Math.min(BATCH, size - first);
      try (NDScope scope = new NDScope();
          NDManager local = manager.newSubManager()) {
        scope.suppressNotUsedWarning();
        long index = first / BATCH;
        NDArray x = sampler.sample(local, index, count);
        System.arraycopy(function.answers(index, x), 0, all, first, count);
      }
    }
    return all;
  }

  private static double[][] rows(NDArray g) {
    return Matrices.ofDoubles(g.toFloatArray(), (int) g.getShape().get(1));
  }
}
