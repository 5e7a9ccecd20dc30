package io.gnomon.baseline.classical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient-boosted trees (Chen &amp; Guestrin 2016) with XGBoost's own defaults: 100 rounds of
 * depth 6 at rate 0.3, all rows and columns in each, so that nothing is drawn. Two classes take one
 * logistic booster, more that exclude each other one booster with a softmax, labels a booster each.
 */
final class BoostedTrees implements Classifier {
  private static final int ROUNDS = 100;
  private static final int DEPTH = 6;
  private static final double RATE = 0.3;

  private final List<Booster> boosters;
  private final boolean exclusive;

  private BoostedTrees(List<Booster> boosters, boolean exclusive) {
    this.boosters = boosters;
    this.exclusive = exclusive;
  }

  /**
   * Learns.
   *
   * @param threads 0 for XGBoost's own choice
   */
  static BoostedTrees fit(Rows rows, Targets targets, int threads) {
    List<Booster> boosters = new ArrayList<>();
    try {
      DMatrix matrix = matrix(rows);
      try {
        int answers = targets.exclusive() ? 1 : targets.classes();
        for (int k = 0; k < answers; k++) {
          matrix.setLabel(labels(targets, k));
          boosters.add(
              XGBoost.train(matrix, settings(targets, threads), ROUNDS, Map.of(), null, null));
        }
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      boosters.forEach(Booster::dispose);
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
    return new BoostedTrees(boosters, targets.exclusive());
  }

  private static Map<String, Object> settings(Targets targets, int threads) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("max_depth", DEPTH);
    settings.put("eta", RATE);
    settings.put("tree_method", "hist");
    settings.put("nthread", threads);
    settings.put("verbosity", 0);
    if (targets.exclusive() && targets.classes() > 2) {
      settings.put("objective", "multi:softprob");
      settings.put("num_class", targets.classes());
    } else {
      settings.put("objective", "binary:logistic");
    }
    return settings;
  }

  /** Of classes their numbers, of label {@code k} whether a row has it. */
  private static float[] labels(Targets targets, int k) {
    float[] labels = new float[targets.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = targets.exclusive() ? targets.first(i) : targets.has(i, k) ? 1 : 0;
    }
    return labels;
  }

  private static DMatrix matrix(Rows rows) throws XGBoostError {
    int entries = Math.toIntExact(rows.entries());
    long[] starts = new long[rows.size() + 1];
    int[] columns = new int[entries];
    float[] values = new float[entries];
    int at = 0;
    for (int i = 0; i < rows.size(); i++) {
      int length = rows.columns()[i].length;
      System.arraycopy(rows.columns()[i], 0, columns, at, length);
      System.arraycopy(rows.values()[i], 0, values, at, length);
      at += length;
      starts[i + 1] = at;
    }
    return new DMatrix(starts, columns, values, DMatrix.SparseType.CSR, Math.max(1, rows.width()));
  }

  @Override
  public double[][] probabilities(Rows rows) {
    try {
      DMatrix matrix = matrix(rows);
      try {
        return exclusive ? classes(matrix) : labels(matrix, rows.size());
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
  }

  private double[][] classes(DMatrix matrix) throws XGBoostError {
    return Arrays.stream(boosters.get(0).predict(matrix))
        .map(row -> row.length == 1 ? new double[] {1 - row[0], row[0]} : doubles(row))
        .toArray(double[][]::new);
  }

  private static double[] doubles(float[] row) {
    double[] wide = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      wide[k] = row[k];
    }
    return wide;
  }

  private double[][] labels(DMatrix matrix, int rows) throws XGBoostError {
    double[][] answers = new double[rows][boosters.size()];
    for (int k = 0; k < boosters.size(); k++) {
      float[][] column = boosters.get(k).predict(matrix);
      for (int i = 0; i < rows; i++) {
        answers[i][k] = column[i][0];
      }
    }
    return answers;
  }

  /** Two numbers a split (column and threshold), one a leaf. */
  @Override
  public long numbers() {
    long numbers = 0;
    try {
      for (Booster booster : boosters) {
        for (String tree : booster.getModelDump("", false)) {
          numbers += tree.lines().mapToInt(node -> node.contains("leaf=") ? 1 : 2).sum();
        }
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
    }
    return numbers;
  }

  @Override
  public void close() {
    boosters.forEach(Booster::dispose);
  }
}
