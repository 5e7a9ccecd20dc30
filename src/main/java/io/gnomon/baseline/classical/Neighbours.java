package io.gnomon.baseline.classical;

import java.util.Arrays;

/**
 * The nearest training rows by cosine, each with one vote. A row that is near none, such as that of
 * a text without a known word, gets the share of each class among all.
 */
final class Neighbours implements Classifier {
  private static final int NEAREST = 15;

  private final Targets targets;
  private final Postings postings;
  private final double[] shares;

  private Neighbours(Targets targets, Postings postings, double[] shares) {
    this.targets = targets;
    this.postings = postings;
    this.shares = shares;
  }

  /** Keeps all rows. */
  static Neighbours fit(Rows rows, Targets targets) {
    double[] shares = new double[targets.classes()];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = (double) targets.count(k) / targets.size();
    }
    return new Neighbours(targets, Postings.of(rows), shares);
  }

  @Override
  public double[][] probabilities(Rows rows) {
    double[][] answers = new double[rows.size()][];
    float[] similarities = new float[targets.size()];
    for (int i = 0; i < answers.length; i++) {
      Arrays.fill(similarities, 0);
      postings.similarities(rows.columns()[i], rows.values()[i], similarities);
      answers[i] = votes(similarities);
    }
    return answers;
  }

  private double[] votes(float[] similarities) {
    int[] nearest = nearest(similarities);
    if (nearest.length == 0) {
      return shares.clone();
    }
    double[] votes = new double[targets.classes()];
    for (int row : nearest) {
      for (int k = 0; k < votes.length; k++) {
        votes[k] += targets.has(row, k) ? 1.0 / nearest.length : 0;
      }
    }
    return votes;
  }

  /**
   * The rows of the largest similarities above 0, at most {@link #NEAREST}; of equals the first.
   */
  static int[] nearest(float[] similarities) {
    int[] nearest = new int[NEAREST + 1];
    int found = 0;
    for (int row = 0; row < similarities.length; row++) {
      float similarity = similarities[row];
      if (similarity > 0 && (found < NEAREST || similarity > similarities[nearest[found - 1]])) {
        int at = found;
        while (at > 0 && similarities[nearest[at - 1]] < similarity) {
          nearest[at] = nearest[at - 1];
          at--;
        }
        nearest[at] = row;
        found = Math.min(found + 1, NEAREST);
      }
    }
    return Arrays.copyOf(nearest, found);
  }

  @Override
  public long numbers() {
    return postings.entries();
  }
}
