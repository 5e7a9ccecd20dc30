package io.gnomon.bench;

import java.util.List;
import java.util.Map;

/**
 * The floor: answers every text with the class shares of the test set. No constant labels more of
 * that set of one label a text rightly.
 */
final class ConstantClassifier implements Classifier {
  private final double[] shares;

  /** Counts labels, (N, K); of several labels a text each share is by itself. */
  ConstantClassifier(boolean[][] gold) {
    this.shares = new double[gold[0].length];
    for (boolean[] row : gold) {
      for (int k = 0; k < row.length; k++) {
        shares[k] += row[k] ? 1.0 / gold.length : 0;
      }
    }
  }

  @Override
  public double[][] probabilities(List<String> texts) {
    return texts.stream().map(text -> shares.clone()).toArray(double[][]::new);
  }

  @Override
  public Making making() {
    return new Making(Map.of(), 0, 0, shares.length, 0);
  }

  @Override
  public void close() {}
}
