package io.gnomon.objective;

import ai.djl.ndarray.NDArray;
import io.gnomon.config.InputException;
import io.gnomon.config.ObjectiveConfig.ComponentConfig;
import java.util.List;
import java.util.OptionalInt;

/**
 * The coordinates of g and h that count: all K classes, or one of them (the paper's IMDB set-up).
 *
 * @param index the one class, or −1 for all
 */
record Component(int index) {
  /** Below float32's resolution at one; where a logarithm of a probability must stay finite. */
  static final double SMALLEST = 1e-8;

  static final Component SIMPLEX = new Component(-1);

  /**
   * The component of {@code config}.
   *
   * @throws InputException when the task has no class of that name
   */
  static Component of(ComponentConfig config, List<String> classes) {
    OptionalInt index = config.index(classes);
    if (index.isEmpty() && config instanceof ComponentConfig.OneClass one) {
      throw new InputException(
          "objective.component.name: expected one of the task's classes %s, found '%s'"
              .formatted(classes, one.name()));
    }
    return index.isPresent() ? new Component(index.getAsInt()) : SIMPLEX;
  }

  boolean isOneClass() {
    return index >= 0;
  }

  /** The columns of {@code values} (B, K) that count: (B, K) or (B, 1). */
  NDArray of(NDArray values) {
    return isOneClass() ? values.get(":, " + index + ":" + (index + 1)) : values;
  }

  /** log h over all K classes, then the columns that count. */
  NDArray logH(NDArray logits) {
    return of(logits.logSoftmax(-1));
  }

  /**
   * {@code value} in the shape of {@code array}, made where that lies: a number given to DJL goes
   * there from the host, which waits for a card to take it.
   */
  static NDArray constant(NDArray array, double value) {
    return array.getManager().full(array.getShape(), (float) value);
  }

  /** Σ over the columns, mean over the batch: a scalar. */
  static NDArray mean(NDArray terms) {
    return terms.sum(new int[] {1}).mean();
  }

  /** g·log g, with 0·log 0 = 0, for constant g. */
  static NDArray gLogG(NDArray g) {
    // The smallest normal float: exact for every other g, and finite at zero, where g cancels it.
    return g.mul(g.maximum(constant(g, Float.MIN_NORMAL)).log());
  }
}
