package io.gnomon.baseline;

import java.util.List;

/** A classifier of texts, whatever it is made of. Safe for several threads. */
public interface TextModel extends AutoCloseable {
  /**
   * The probability of each class for each text, classes in the task's order.
   *
   * @param texts N texts; empty ones are answered too
   * @return (N, K): rows that sum to one where classes exclude each other, independent
   *     probabilities where a text may have several labels
   */
  double[][] probabilities(List<String> texts);

  /** How many numbers the model stores: what it learned and what it was given to start from. */
  long parameters();

  @Override
  void close();
}
