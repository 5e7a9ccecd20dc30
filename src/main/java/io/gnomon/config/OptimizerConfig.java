package io.gnomon.config;

/** AdamW, its schedule and its clipping. */
public record OptimizerConfig(
    @Key(value = "peak learning rate", byDefault = "0.001", min = 0, aboveMin = true, max = 10)
        double learningRate,
    @Key(
            value = "learning rate of c as a multiple of the student's",
            byDefault = "1",
            min = 0,
            max = 10_000)
        double coefficientRate,
    @Key(value = "decoupled weight decay of matrices", byDefault = "0.01", min = 0, max = 10)
        double weightDecay,
    @Key(value = "decay of the first moment", byDefault = "0.9", min = 0, max = 0.999999)
        double beta1,
    @Key(value = "decay of the second moment", byDefault = "0.999", min = 0, max = 0.999999)
        double beta2,
    @Key(
            value = "added to the root of the second moment",
            byDefault = "1e-8",
            min = 0,
            aboveMin = true,
            max = 1)
        double epsilon,
    @Key(value = "steps of linear warm-up", byDefault = "100", min = 0) int warmupSteps,
    @Key(value = "course of the rate behind the warm-up", byDefault = "cosine") Schedule schedule,
    @Key(value = "largest gradient norm; 0 clips nothing", byDefault = "1", min = 0)
        double clipNorm) {

  /** Course of the learning rate. */
  public enum Schedule {
    /** Half a cosine from the peak to zero at the last step. */
    COSINE,
    /** The peak throughout. */
    CONSTANT
  }
}
