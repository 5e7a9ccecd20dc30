package io.gnomon.teacher;

/**
 * How text is written.
 *
 * @param maxTokens tokens at most, of one text
 * @param temperature divides the logits before softmax; 0 takes the likeliest token
 * @param topP tokens are drawn from the likeliest that together have this probability (nucleus
 *     sampling, Holtzman et al. 2020); 1 from all
 */
public record Generation(int maxTokens, double temperature, double topP) {
  /** The likeliest token every time. */
  public static Generation greedy(int maxTokens) {
    return new Generation(maxTokens, 0, 1);
  }
}
