package io.gnomon.baseline.classical;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The classes that training texts differ in, which is what a learner sees. A class that no text has
 * gets probability 0, one that every text has probability 1, whatever the learner.
 */
final class VaryingClasses {
  private final int[] kept;
  private final double[] certain;

  /** The varying classes of {@code targets}. */
  VaryingClasses(Targets targets) {
    int n = targets.size();
    int[] counts = IntStream.range(0, targets.classes()).map(targets::count).toArray();
    this.certain = Arrays.stream(counts).mapToDouble(count -> count == n ? 1 : 0).toArray();
    this.kept =
        IntStream.range(0, counts.length).filter(k -> counts[k] > 0 && counts[k] < n).toArray();
  }

  /** Whether there is nothing to learn. */
  boolean isEmpty() {
    return kept.length == 0;
  }

  /** {@code targets} of the varying classes. */
  Targets of(Targets targets) {
    return targets.only(kept);
  }

  /** (K) what is certain: the answer to a text where nothing varies. */
  double[] certain() {
    return certain.clone();
  }

  /** (K) probabilities, from those of the varying classes. */
  double[] whole(double[] probabilities) {
    double[] all = certain();
    for (int k = 0; k < kept.length; k++) {
      all[kept[k]] = probabilities[k];
    }
    return all;
  }
}
