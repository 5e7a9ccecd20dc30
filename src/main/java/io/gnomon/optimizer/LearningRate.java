package io.gnomon.optimizer;

import io.gnomon.config.OptimizerConfig;

/**
 * The learning rate of a step: linear warm-up, then half a cosine to zero (Loshchilov &amp; Hutter
 * 2017) or constant. A pure function of the step, so that a resumed run goes on where it was.
 *
 * @param peak rate at the end of the warm-up
 * @param warmup steps of the warm-up; the rate of step s ≤ warmup is peak · s / warmup
 * @param steps steps of the whole run; the cosine reaches zero at the last
 * @param schedule course behind the warm-up
 */
public record LearningRate(
    double peak, long warmup, long steps, OptimizerConfig.Schedule schedule) {
  /** The rate that {@code config} asks for over {@code steps} steps. */
  public static LearningRate of(OptimizerConfig config, long steps) {
    return new LearningRate(config.learningRate(), config.warmupSteps(), steps, config.schedule());
  }

  /**
   * The rate of the update number {@code step}.
   *
   * @param step 1 for the first update of a run
   */
  public double at(long step) {
    if (step <= warmup) {
      return peak * step / warmup;
    }
    return switch (schedule) {
      case CONSTANT -> peak;
      case COSINE -> {
        double course = Math.min(1, (step - warmup) / (double) Math.max(1, steps - warmup));
        yield peak * 0.5 * (1 + Math.cos(Math.PI * course));
      }
    };
  }
}
