package io.gnomon.baseline.classical;

/** What learns to classify vectors. */
public enum Learner {
  /** Logistic regression with an L2 penalty, solved to its minimum by LIBLINEAR. */
  LOGISTIC_REGRESSION(false),
  /** Logistic regression by averaged stochastic gradient descent. */
  SGD(true),
  /** Gradient-boosted trees, 100 rounds of depth 6, by XGBoost. */
  XGBOOST(false),
  /** Votes of the 15 nearest training texts by cosine. */
  NEIGHBOURS(false),
  /** One hidden layer of 128 rectified units. */
  MLP(true);

  private final boolean seeded;

  Learner(boolean seeded) {
    this.seeded = seeded;
  }

  /** Whether the seed matters; where not, every seed gives the same model. */
  public boolean seeded() {
    return seeded;
  }

  /** A classifier that learned {@code targets}, of at least two classes, from {@code rows}. */
  Classifier fit(Rows rows, Targets targets, long seed, ClassicalSettings settings) {
    return switch (this) {
      case LOGISTIC_REGRESSION -> LogisticRegression.fit(rows, targets, settings.cost());
      case SGD -> StochasticGradient.fit(rows, targets, seed);
      case XGBOOST -> BoostedTrees.fit(rows, targets, settings.threads());
      case NEIGHBOURS -> Neighbours.fit(rows, targets);
      case MLP -> Perceptron.fit(rows, targets, seed);
    };
  }
}
