package io.gnomon.export;

import java.util.List;
import java.util.Optional;

/**
 * What the gate saw.
 *
 * @param parts a comparison each
 * @param accuracy on the task's texts; empty where none were at hand
 * @param cut what a cut vocabulary did; empty where the whole was kept
 * @param missing why no labelled texts were at hand; empty where they were
 */
public record GateReport(
    List<Part> parts, Optional<Accuracy> accuracy, Optional<Cut> cut, String missing) {
  public GateReport {
    parts = List.copyOf(parts);
  }

  /**
   * The export beside the student on the same tokens.
   *
   * @param name which texts, and how they were run
   * @param texts how many
   * @param difference largest of a probability
   * @param changed texts that are given other labels
   * @param undecided of these, those where the student itself is within the tolerance of giving
   *     others
   */
  public record Part(String name, int texts, double difference, int changed, int undecided) {
    /** Share of texts that are given the same labels. */
    public double agreement() {
      return 1 - (double) changed / texts;
    }
  }

  /**
   * Share of texts given exactly their labels.
   *
   * @param student before
   * @param exported after
   */
  public record Accuracy(double student, double exported) {}

  /**
   * The student on the tokens of the cut tokenizer beside itself on those of the whole one.
   *
   * @param texts how many
   * @param sameTokens share of texts that are tokenized as before
   * @param agreement share of texts that are given the same labels
   * @param accuracy of both; empty where no labels were at hand
   */
  public record Cut(int texts, double sameTokens, double agreement, Optional<Accuracy> accuracy) {}
}
