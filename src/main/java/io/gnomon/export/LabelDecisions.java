package io.gnomon.export;

import io.gnomon.serve.LabelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which labels a text is given by its probabilities, as the exported student's reader decides. */
final class LabelDecisions {
  private static final double HALF = 0.5;

  private final List<String> labels;
  private final double[] thresholds; // none where the likeliest label is taken

  LabelDecisions(LabelFile file) {
    this.labels = file.labels();
    this.thresholds =
        file.multiLabel()
            ? labels.stream()
                .mapToDouble(label -> file.thresholds().getOrDefault(label, HALF))
                .toArray()
            : new double[0];
  }

  /** K, whether each label is given. */
  boolean[] of(double[] p) {
    boolean[] given = new boolean[p.length];
    if (thresholds.length == 0) {
      given[likeliest(p)] = true;
    }
    for (int k = 0; k < thresholds.length; k++) {
      given[k] = p[k] >= thresholds[k];
    }
    return given;
  }

  private static int likeliest(double[] p) {
    return IntStream.range(0, p.length).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
  }

  /**
   * Whether a change of each probability by no more than {@code within} may change what is given:
   * no tolerance on probabilities can forbid it then.
   */
  boolean undecided(double[] p, double within) {
    if (thresholds.length > 0) {
      return IntStream.range(0, p.length).anyMatch(k -> Math.abs(p[k] - thresholds[k]) <= within);
    }
    int first = likeliest(p);
    return IntStream.range(0, p.length).anyMatch(k -> k != first && p[first] - p[k] <= 2 * within);
  }

  /** The labels given, for a message. */
  List<String> names(boolean[] given) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < given.length; k++) {
      if (given[k]) {
        names.add(labels.get(k));
      }
    }
    return names;
  }
}
