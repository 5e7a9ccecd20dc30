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
   * @param decisions taken on them: one a text, or one a label of a text where it may have several
   * @param difference largest of a probability
   * @param changed decisions that are taken otherwise
   * @param undecided of these, those that the student itself is within the tolerance of taking so
   */
  public record Part(
      String name, int texts, int decisions, double difference, int changed, int undecided) {
    /** Share of decisions that are taken as the student takes them. */
    public double agreement() {
      return 1 - (double) changed / decisions;
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
   * @param agreement share of decisions that are taken as before
   * @param accuracy of both; empty where no labels were at hand
   */
  public record Cut(int texts, double sameTokens, double agreement, Optional<Accuracy> accuracy) {}
}
