package io.gnomon.export;

import io.gnomon.serve.LabelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
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
   * Decisions taken on a text: one where it has one label, one a label where it may have several.
   */
  int each() {
    return Math.max(1, thresholds.length);
  }

  /** How many decisions on a text {@code q} changes, against {@code p}. */
  int changed(double[] p, double[] q) {
    boolean[] before = of(p);
    boolean[] after = of(q);
    int different = count(k -> before[k] != after[k]);
    return thresholds.length == 0 ? Math.min(1, different) : different;
  }

  /**
   * How many of these {@code p} itself all but takes otherwise: so that a change of each
   * probability by no more than {@code within} may, and no tolerance on probabilities can forbid
   * it.
   */
  int undecided(double[] p, double[] q, double within) {
    boolean[] before = of(p);
    boolean[] after = of(q);
    if (thresholds.length == 0) {
      return changed(p, q) == 1 && p[likeliest(p)] - p[likeliest(q)] <= 2 * within ? 1 : 0;
    }
    return count(k -> before[k] != after[k] && Math.abs(p[k] - thresholds[k]) <= within);
  }

  private int count(IntPredicate labels) {
    return (int) IntStream.range(0, this.labels.size()).filter(labels).count();
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
