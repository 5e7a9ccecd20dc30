package io.gnomon.bench;

import io.gnomon.geometry.Spread;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell cost.
 *
 * @param preparationSeconds what came before training, by name: loading the teacher, labelling
 * @param trainingSeconds spent in training steps, over however many sittings
 * @param samples inputs that training saw, repetitions counted
 * @param parameters numbers that were learned or chosen
 * @param sharedParameters numbers that it reads and does not own, as the teacher's embedding table
 * @param millisecondsPerText one text at a time, tokenizing included: rounds of the same texts
 * @param textsPerSecond as many at a time as it likes: rounds of the same texts
 * @param peakMemory largest resident size of the whole process seen while the cell ran, bytes,
 *     looked at every 20 ms; absent where the system does not tell
 * @param memoryBefore resident size when the cell began: what Java and earlier cells had taken
 */
public record Costs(
    Map<String, Double> preparationSeconds,
    double trainingSeconds,
    long samples,
    long parameters,
    long sharedParameters,
    Spread millisecondsPerText,
    Spread textsPerSecond,
    @Nullable Long peakMemory,
    @Nullable Long memoryBefore) {

  /** All seconds before the first answer. */
  public double seconds() {
    return preparation() + trainingSeconds;
  }

  /** All seconds before training. */
  public double preparation() {
    return preparationSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
