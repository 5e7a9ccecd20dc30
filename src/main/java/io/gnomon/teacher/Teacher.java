package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.tensor.Matrices;
import java.util.List;

/**
 * g (Eq. 9, 13): a frozen language model held at one prompt. What stands before the input is run
 * once and its keys and values serve every batch; behind the input only the label words' rows of
 * the output matrix are multiplied, so that no label outside the task can be produced.
 *
 * <p>Of a multi-label task g is K independent probabilities: each label has a question of its own
 * behind the input, with a two-way answer (see {@link LabelAnswers}).
 *
 * <p>The model belongs to the caller; closing a teacher frees the prompt's cache alone.
 */
public final class Teacher implements AutoCloseable {
  private final PromptedModel prompted;
  private final List<String> classes;
  private final NDManager manager;
  private final ForwardLimit limit;

  private Teacher(
      PromptedModel prompted, List<String> classes, NDManager manager, ForwardLimit limit) {
    this.prompted = prompted;
    this.classes = classes;
    this.manager = manager;
    this.limit = limit;
  }

  /** As {@link #of(LanguageModel, TaskConfig, ForwardLimit)}, any batch answered at once. */
  public static Teacher of(LanguageModel model, TaskConfig task) {
    return of(model, task, ForwardLimit.NONE);
  }

  /**
   * Holds {@code model} at the prompt of {@code task}. A contextual calibration is measured here;
   * one on the sampler's inputs is set later, with {@link #calibrated}.
   *
   * @param limit beyond which a batch is answered in pieces
   * @throws InputException when a label word's first token begins a word of another class, or the
   *     prompt leaves no position for an input
   */
  public static Teacher of(LanguageModel model, TaskConfig task, ForwardLimit limit) {
    Teacher plain = uncalibrated(model, task, limit);
    return task.calibration() instanceof CalibrationConfig.Contextual contextual
        ? plain.calibrated(plain.logAnswer(contextual.text()))
        : plain;
  }

  /** As {@link #of(LanguageModel, TaskConfig, ForwardLimit)}, whatever calibration the task has. */
  public static Teacher uncalibrated(LanguageModel model, TaskConfig task, ForwardLimit limit) {
    PromptChecks.require(model, task);
    NDManager manager = model.manager().newSubManager();
    List<String> classes = List.copyOf(task.classes().keySet());
    return new Teacher(PromptedModel.of(model, task, manager), classes, manager, limit);
  }

  /**
   * The prior that a contextual calibration divides by: the log of this teacher's answer on a
   * content-free text.
   *
   * @return one a class
   * @throws InputException when the text has no token, or more than {@link #maxInput()}
   */
  public float[] logAnswer(String text) {
    return ContextualPrior.of(prompted, text);
  }

  /**
   * The same teacher with its answers divided by a prior and normed again. Both share the prompt's
   * cache: close one of them.
   *
   * @param logPrior log of this teacher's own answer where it should be indifferent, one a class;
   *     the probability that a label is not there follows from the one that it is
   */
  public Teacher calibrated(float[] logPrior) {
    Questions questions = prompted.questions().calibrated(logPrior);
    return new Teacher(prompted.withQuestions(questions), classes, manager, limit);
  }

  /**
   * Answers of this teacher as it is, turned into those of {@link #calibrated}: no model runs, so
   * that one pass over texts serves any number of calibrations.
   *
   * @param g (N, K) answers of this teacher
   * @param logPrior as in {@link #calibrated}
   * @return (N, K)
   */
  public double[][] recalibrated(double[][] g, float[] logPrior) {
    try (NDScope scope = new NDScope();
        NDManager local = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray plain = local.create(g).toType(DataType.FLOAT32, false);
      NDArray again = prompted.questions().calibrated(logPrior).recalibrated(plain);
      return Matrices.ofDoubles(again.toFloatArray(), classes.size());
    }
  }

  /** Class names, in the order of g's coordinates. */
  public List<String> classes() {
    return classes;
  }

  /** The label words as tokens: of the one question, or of each label's. */
  public List<Verbalizer> verbalizers() {
    return prompted.questions().all().stream().map(Question::verbalizer).toList();
  }

  /** The language model behind the prompt. */
  public LanguageModel model() {
    return prompted.model();
  }

  /** Most vectors an input may have behind this prompt. */
  public int maxInput() {
    return model().shape().maxPositions() - prompted.length();
  }

  /** Tokens of texts that are worth one batch, padding included. */
  public int textTokens() {
    return limit.textTokens(manager.getDevice().isGpu());
  }

  /** Inputs of {@code length} vectors that one pass takes of a batch. */
  private int rowsAtOnce(long batch, long length) {
    return limit.rows((int) batch, prompted.length() + length);
  }

  /**
   * Answers a batch of equally long inputs, in pieces where it is beyond the limit.
   *
   * @param x (B, T, d) in the embedding space
   * @return (B, K) float32, in x's manager
   * @throws InputException when T exceeds {@link #maxInput()}
   */
  public NDArray probabilities(NDArray x) {
    int most = rowsAtOnce(x.getShape().get(0), x.getShape().get(1));
    return MicroBatches.answers(x, most, prompted::answers);
  }

  /**
   * Answers token sequences of unequal length, in pieces where they are beyond the limit.
   *
   * @return B rows of K class probabilities
   */
  public float[][] probabilities(TokenBatch batch) {
    int most = rowsAtOnce(batch.ids().length, batch.ids()[0].length);
    return MicroBatches.answers(
        batch, most, part -> Matrices.ofFloats(prompted.answers(part), classes.size()));
  }

  /**
   * Which way an input has to move for the answer to change: ∂/∂x Σ_i Σ_k w_ik log g_k(x_i). No
   * weight of the model takes part.
   *
   * @param x (B, T, d) in the embedding space
   * @param weights w, B rows of K
   * @return (B, T, d) float32, in x's manager
   * @throws InputException when T exceeds {@link #maxInput()}
   */
  public NDArray gradient(NDArray x, float[] weights) {
    return new InputGradient(prompted, classes.size()).of(x, weights);
  }

  @Override
  public void close() {
    prompted.prefix().close();
    manager.close();
  }
}
