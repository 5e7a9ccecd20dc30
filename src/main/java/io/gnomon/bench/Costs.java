package io.gnomon.bench;

import io.gnomon.geometry.Spread;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell cost.
 *
 * @param preparationSeconds what came before training, by name: loading the teacher, features, and
 *     labelling, which is what the teacher took for the labels learned from, whichever cell asked
 * @param trainingSeconds spent in training steps, over however many sittings; the teacher's answers
 *     to noise are in it as far as they were not kept
 * @param samples inputs of all training steps together, one that came again counted again; of a
 *     classical learner its training texts, counted once however often it goes over them (SGD ten
 *     times, the hidden layer twenty or more, logistic regression until it converges, for each C)
 * @param answersKept how many of the training batches' answers were there before; absent where
 *     training was on text or not at all, and where it was not counted yet
 * @param parameters numbers that were learned or chosen
 * @param sharedParameters numbers that it reads and does not own, as the teacher's embedding table
 * @param millisecondsPerText one text at a time, tokenizing included: rounds of the same texts
 * @param textsPerSecond as many at a time as it likes: rounds of the same texts
 * @param rounds behind {@code millisecondsPerText}, after two seconds of warming up; absent in
 *     records of before, which had five after a single one to warm up
 * @param peakMemory largest resident size of the whole process seen while the cell ran, bytes,
 *     looked at every 20 ms; absent where the system does not tell. A teacher that answers noise is
 *     in it, unless {@code answersKept} says that all was kept; one that labels text is not
 * @param memoryBefore resident size when the cell began: what Java and earlier cells had taken
 */
public record Costs(
    Map<String, Double> preparationSeconds,
    double trainingSeconds,
    long samples,
    @Nullable AnswersKept answersKept,
    long parameters,
    long sharedParameters,
    Spread millisecondsPerText,
    Spread textsPerSecond,
    @Nullable Integer rounds,
    @Nullable Long peakMemory,
    @Nullable Long memoryBefore) {

  /**
   * Answers of the teacher that a run found kept by others, and had not to ask for.
   *
   * @param kept batches of training whose answers were read
   * @param of batches of training
   */
  public record AnswersKept(long kept, long of) {}

  /** All seconds before the first answer. */
  public double seconds() {
    return preparation() + trainingSeconds;
  }

  /** All seconds before training. */
  public double preparation() {
    return preparationSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
