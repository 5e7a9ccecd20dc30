package io.gnomon.baseline.classical;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/**
 * Logistic regression by LIBLINEAR (Fan et al. 2008), one class against the rest: the minimum of
 * ½‖w‖² + C Σ ln(1 + e^(−y w·x)) by a trust-region Newton method, which draws nothing. The
 * intercept is the weight of one more column of ones, penalised like the others.
 */
final class LogisticRegression {
  /** Stops where the gradient is this share of the first one: LIBLINEAR's own choice. */
  private static final double TOLERANCE = 0.01;

  private LogisticRegression() {}

  /** Learns; 28 bytes an entry of {@code rows} while it does. */
  static LinearClassifier fit(Rows rows, Targets targets, double cost) {
    Linear.disableDebugOutput();
    Problem problem = new Problem();
    problem.l = rows.size();
    problem.n = rows.width() + 1;
    problem.bias = 1;
    problem.x = nodes(rows);
    int answers = LinearClassifier.columns(targets);
    float[] weights = new float[Math.multiplyExact(rows.width(), answers)];
    float[] intercepts = new float[answers];
    for (int k = 0; k < answers; k++) {
      problem.y = signs(targets, k);
      double[] solved = solve(problem, cost);
      for (int j = 0; j < rows.width(); j++) {
        weights[j * answers + k] = (float) solved[j];
      }
      intercepts[k] = (float) solved[rows.width()];
    }
    return new LinearClassifier(weights, intercepts, targets.exclusive());
  }

  /** LIBLINEAR counts columns from 1; the last is the intercept's. */
  private static Feature[][] nodes(Rows rows) {
    Feature[][] nodes = new Feature[rows.size()][];
    Feature one = new FeatureNode(rows.width() + 1, 1);
    for (int i = 0; i < nodes.length; i++) {
      int[] columns = rows.columns()[i];
      nodes[i] = new Feature[columns.length + 1];
      for (int j = 0; j < columns.length; j++) {
        nodes[i][j] = new FeatureNode(columns[j] + 1, rows.values()[i][j]);
      }
      nodes[i][columns.length] = one;
    }
    return nodes;
  }

  private static double[] signs(Targets targets, int k) {
    double[] signs = new double[targets.size()];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = targets.has(i, k) ? 1 : -1;
    }
    return signs;
  }

  /** w of the class +1; of the labels −1 and +1 LIBLINEAR always takes +1 for the positive one. */
  private static double[] solve(Problem problem, double cost) {
    Parameter parameter = new Parameter(SolverType.L2R_LR, cost, TOLERANCE);
    return Linear.train(problem, parameter).getFeatureWeights();
  }
}
