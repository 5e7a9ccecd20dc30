package io.gnomon.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.gnomon.answer.Answers;
import io.gnomon.sampler.Sampler;

/**
 * The batches of Algorithm 1: a sampler's inputs and the teacher's answers, no text.
 *
 * @param sampler the inputs
 * @param teacher g on the sampler's batches, asked or kept
 * @param size B, samples a batch
 */
public record SampledBatches(Sampler sampler, Answers teacher, int size) implements Batches {
  @Override
  public Batch draw(NDManager owner, long index) {
    NDArray x = sampler.sample(owner, index, size); // (B, T, d)
    // An answer given in inference mode may enter a loss only as a copy.
    NDArray g = teacher.probabilities(index, x).duplicate(); // (B, K)
    return new Batch(x, null, g);
  }
}
