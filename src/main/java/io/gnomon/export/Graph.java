package io.gnomon.export;

import java.util.ArrayList;
import java.util.List;

/**
 * A student as operations in order: the one description that every format is written from. Its
 * inputs are {@value #IDS} and {@value #MASK}, (B, T) int64; the last step gives the logits, of
 * which {@value #PROBABILITIES} are a softmax, or the sigmoid of each.
 *
 * @param labels K
 * @param multiLabel whether each label is judged by itself
 * @param steps in the order of the forward pass
 */
record Graph(int labels, boolean multiLabel, List<Step> steps) {
  static final String IDS = "input_ids";
  static final String MASK = "attention_mask";
  static final String LOGITS = "logits";
  static final String PROBABILITIES = "probabilities";

  /**
   * An operation and the name of its result.
   *
   * @param name unique within the graph
   */
  record Step(String name, Op op) {}

  Graph {
    steps = List.copyOf(steps);
  }

  /** Has {@code writer} write all steps. */
  void write(OpWriter writer) {
    steps.forEach(step -> step.op().write(writer, step.name()));
  }

  /** All numbers held, in order. */
  List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    steps.forEach(step -> weights.addAll(step.op().weights()));
    return weights;
  }

  /** How many numbers those are. */
  long elements() {
    return weights().stream().mapToLong(Weight::elements).sum();
  }

  /** Puts steps together; each call gives the name of the result. */
  static final class Builder {
    private final List<Step> steps = new ArrayList<>();

    String add(String name, Op op) {
      steps.add(new Step(name, op));
      return name;
    }

    Graph build(int labels, boolean multiLabel) {
      return new Graph(labels, multiLabel, steps);
    }
  }
}
