package io.gnomon.teach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Multi-label: a text behind which one label is asked for, to be answered by yes (class 0) or no.
 *
 * <p>An example is drawn in three steps. A label, with a chance in proportion to the square root of
 * how many texts have it, so that a rare one is met more often than its share and a common one
 * still more often than that. Yes or no, by a fair coin. A text, evenly from those that have the
 * label or from those that have not. So each label by itself is asked as often where it holds as
 * where it does not.
 */
final class LabelExamples implements Examples {
  private static final int YES = 0;
  private static final int NO = 1;

  private final List<long[]> texts;
  private final List<long[]> suffixes;
  private final int[][][] rows;
  private final double[] weights;

  /**
   * Examples of {@code texts}.
   *
   * @param suffixes one a label
   * @param has (texts, labels)
   */
  LabelExamples(List<long[]> texts, List<long[]> suffixes, boolean[][] has) {
    this.texts = texts;
    this.suffixes = suffixes;
    this.rows = new int[suffixes.size()][][];
    this.weights = new double[rows.length];
    for (int label = 0; label < rows.length; label++) {
      rows[label] = new int[][] {rows(has, label, true), rows(has, label, false)};
      // A label that all texts have, or none, cannot be told from anything.
      boolean both = rows[label][YES].length > 0 && rows[label][NO].length > 0;
      weights[label] = both ? Math.sqrt(rows[label][YES].length) : 0;
    }
  }

  private static int[] rows(boolean[][] has, int label, boolean wanted) {
    return IntStream.range(0, has.length).filter(row -> has[row][label] == wanted).toArray();
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public List<Example> epoch(SplittableRandom random) {
    double total = Arrays.stream(weights).sum();
    List<Example> drawn = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int label = label(random.nextDouble() * total);
      int answer = random.nextBoolean() ? YES : NO;
      int[] able = rows[label][answer];
      long[] text = texts.get(able[random.nextInt(able.length)]);
      drawn.add(new Example(text, suffixes.get(label), answer));
    }
    return drawn;
  }

  /** The label that holds {@code point} when their weights are laid end to end. */
  private int label(double point) {
    int label = 0;
    double left = point;
    while (label < weights.length - 1 && left >= weights[label]) {
      left -= weights[label++];
    }
    return label;
  }
}
