package io.gnomon.baseline.classical;

import io.gnomon.config.ApproachConfig.Classical.Learner;

/**
 * What each learner is here: LIBLINEAR's logistic regression; 100 rounds of XGBoost's trees of
 * depth 6; the 15 nearest by cosine; 128 rectified units.
 */
final class Learners {
  private Learners() {}

  /** A classifier that learned {@code targets}, of at least two classes, from {@code rows}. */
  static Classifier fit(
      Learner learner, Rows rows, Targets targets, long seed, ClassicalSettings settings) {
    return switch (learner) {
      case LOGISTIC_REGRESSION -> LogisticRegression.fit(rows, targets, settings.cost());
      case SGD -> StochasticGradient.fit(rows, targets, seed);
      case XGBOOST -> BoostedTrees.fit(rows, targets, settings.threads());
      case NEIGHBOURS -> Neighbours.fit(rows, targets);
      case MLP -> Perceptron.fit(rows, targets, seed);
    };
  }
}
