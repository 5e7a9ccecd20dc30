package io.gnomon.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.sampler.Sampler;
import io.gnomon.teacher.Teacher;

/** What {@code calibration: sampler} divides a teacher's answers by. */
final class Priors {
  private static final int BATCH = 64;

  private Priors() {}

  /**
   * The logarithm of the mean answer over the sampler's own inputs.
   *
   * @param teacher an uncalibrated one
   * @return one a class
   */
  static float[] log(Teacher teacher, Sampler sampler, int samples) {
    double[] sums = new double[teacher.classes().size()];
    for (int first = 0; first < samples; first += BATCH) {
      int count = Math.min(BATCH, samples - first);
      try (NDScope scope = new NDScope();
          NDManager local = teacher.model().manager().newSubManager()) {
        scope.suppressNotUsedWarning();
        NDArray x = sampler.sample(local, first / BATCH, count);
        float[] g = teacher.probabilities(x).toFloatArray();
        for (int i = 0; i < g.length; i++) {
          sums[i % sums.length] += g[i];
        }
      }
    }
    float[] prior = new float[sums.length];
    for (int k = 0; k < prior.length; k++) {
      prior[k] = (float) Math.log(Math.max(sums[k] / samples, Float.MIN_NORMAL));
    }
    return prior;
  }
}
