package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.KeyValueCache;
import java.util.Arrays;
import java.util.List;

/**
 * g (Eq. 9, 13): a frozen language model held at one prompt. What stands before the input is run
 * once and its keys and values serve every batch; behind the input only the label words' rows of
 * the output matrix are multiplied, so that no label outside the task can be produced.
 *
 * <p>The model belongs to the caller; closing a teacher frees the prompt's cache alone.
 */
public final class Teacher implements AutoCloseable {
  private final LanguageModel model;
  private final Verbalizer verbalizer;
  private final Readout readout;
  private final KeyValueCache prefix;
  private final NDManager manager;
  private final NDArray suffix;
  private final NDArray rows;
  private final ForwardLimit limit;

  private Teacher(
      LanguageModel model,
      Verbalizer verbalizer,
      Readout readout,
      KeyValueCache prefix,
      NDManager manager,
      NDArray suffix,
      NDArray rows,
      ForwardLimit limit) {
    this.model = model;
    this.verbalizer = verbalizer;
    this.readout = readout;
    this.prefix = prefix;
    this.manager = manager;
    this.suffix = suffix;
    this.rows = rows;
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
    Verbalizer verbalizer = Verbalizer.of(task, model.tokenizer());
    refuseConflicts(task, verbalizer);
    refuseForeignWords(model, verbalizer);
    PromptTokens prompt = PromptTokens.of(task.prompt(), model.tokenizer());
    refuseOverrun(task, prompt, model);
    NDManager manager = model.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long[] words = verbalizer.words().stream().mapToLong(LabelWord::token).toArray();
      NDArray rows = kept(model.outputRows(words), manager);
      NDArray suffix = kept(embed(model, manager, prompt.suffix()), manager);
      NDArray before = embed(model, manager, prompt.prefix());
      KeyValueCache prefix = model.decoder().cache(before);
      prefix.keys().forEach(NDScope::unregister);
      prefix.values().forEach(NDScope::unregister);
      Readout readout = new Readout(verbalizer, task.score(), task.temperature(), new float[0]);
      return new Teacher(model, verbalizer, readout, prefix, manager, suffix, rows, limit);
    }
  }

  private static void refuseConflicts(TaskConfig task, Verbalizer verbalizer) {
    List<List<LabelWord>> conflicts = verbalizer.conflicts();
    if (!conflicts.isEmpty()) {
      throw new InputException("task " + task.name() + ": " + describe(conflicts.get(0)));
    }
  }

  private static void refuseForeignWords(LanguageModel model, Verbalizer verbalizer) {
    verbalizer
        .beyond(model.shape().vocabulary())
        .ifPresent(
            found -> {
              throw new InputException(
                  model.folder()
                      + ": expected tokenizer.json and config.json of one checkpoint, found "
                      + found
                      + "; take the tokenizer.json of this very model");
            });
  }

  private static void refuseOverrun(TaskConfig task, PromptTokens prompt, LanguageModel model) {
    int positions = model.shape().maxPositions();
    if (prompt.length() >= positions) {
      throw new InputException(
          String.format(
              "task %s: expected a prompt of fewer tokens than the teacher's %d positions, found %d;"
                  + " shorten prefix or suffix",
              task.name(), positions, prompt.length()));
    }
  }

  /** One line on two words that no read-out can tell apart. */
  public static String describe(List<LabelWord> conflict) {
    LabelWord a = conflict.get(0);
    LabelWord b = conflict.get(1);
    return String.format(
        "words '%s' (%s) and '%s' (%s) begin with the same token %d; expected a first token of its"
            + " own for each class; change one word",
        a.word(), a.className(), b.word(), b.className(), a.token());
  }

  private static NDArray kept(NDArray array, NDManager manager) {
    NDScope.unregister(array);
    array.attach(manager);
    return array;
  }

  private static NDArray embed(LanguageModel model, NDManager manager, long[] ids) {
    return ids.length == 0
        ? manager.create(new Shape(1, 0, model.shape().hidden()), DataType.FLOAT32)
        : model.embeddings().lookup(manager, new long[][] {ids});
  }

  /**
   * The prior that a contextual calibration divides by: the log of this teacher's answer on a
   * content-free text.
   *
   * @return one a class
   * @throws InputException when the text has no token, or more than {@link #maxInput()}
   */
  public float[] logAnswer(String text) {
    long[] ids = model.tokenizer().encode(text);
    if (ids.length == 0) {
      throw new InputException(
          "task.calibration.text: expected a text of at least one token, found '" + text + "'");
    }
    float[] answer = probabilities(TokenBatch.of(List.of(ids)))[0];
    float[] logs = new float[answer.length];
    for (int k = 0; k < logs.length; k++) {
      // An answer of zero has no logarithm; nothing in float32 is smaller than this.
      logs[k] = (float) Math.log(Math.max(answer[k], Float.MIN_VALUE));
    }
    return logs;
  }

  /**
   * The same teacher with its answers divided by a prior and normed again. Both share the prompt's
   * cache: close one of them.
   *
   * @param logPrior log of this teacher's own answer where it should be indifferent, one a class
   */
  public Teacher calibrated(float[] logPrior) {
    return new Teacher(
        model, verbalizer, readout.calibrated(logPrior), prefix, manager, suffix, rows, limit);
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
      float[] flat = readout.calibrated(logPrior).recalibrated(plain).toFloatArray();
      double[][] out = new double[g.length][classes().size()];
      for (int i = 0; i < flat.length; i++) {
        out[i / classes().size()][i % classes().size()] = flat[i];
      }
      return out;
    }
  }

  /** Class names, in the order of g's coordinates. */
  public List<String> classes() {
    return verbalizer.classes();
  }

  /** The label words as tokens. */
  public Verbalizer verbalizer() {
    return verbalizer;
  }

  /** The language model behind the prompt. */
  public LanguageModel model() {
    return model;
  }

  /** Most vectors an input may have behind this prompt. */
  public int maxInput() {
    return model.shape().maxPositions() - prefix.length() - suffixLength();
  }

  private int suffixLength() {
    return (int) suffix.getShape().get(1);
  }

  /** Tokens of texts that are worth one batch, padding included. */
  public int textTokens() {
    return limit.textTokens(manager.getDevice().isGpu());
  }

  /** Inputs of {@code length} vectors that one pass takes of a batch. */
  private int rowsAtOnce(long batch, long length) {
    return limit.rows((int) batch, prefix.length() + length + suffixLength());
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
    return Pieces.answers(x, most, this::atOnce);
  }

  private NDArray atOnce(NDArray x) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray last = model.decoder().last(closed(x), prefix);
      return result(last, x.getManager());
    }
  }

  /**
   * Answers token sequences of unequal length, in pieces where they are beyond the limit.
   *
   * @return B rows of K class probabilities
   */
  public float[][] probabilities(TokenBatch batch) {
    int most = rowsAtOnce(batch.ids().length, batch.ids()[0].length);
    return Pieces.answers(batch, most, this::atOnce);
  }

  private float[][] atOnce(TokenBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager local = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray last = batch.padded() ? padded(batch, local) : last(batch.ids(), local);
      return matrix(result(last, local).toFloatArray(), batch.ids().length);
    }
  }

  private NDArray last(long[][] ids, NDManager local) {
    return model.decoder().last(closed(model.embeddings().lookup(local, ids)), prefix);
  }

  private NDArray padded(TokenBatch batch, NDManager local) {
    if (suffixLength() > 0) {
      NDArray x = closed(model.embeddings().lookup(local, batch.ids()));
      return model.decoder().last(x, prefix, batch.lengths(), suffixLength());
    }
    NDArray x = model.embeddings().lookup(local, batch.closedByLast());
    int[] before = Arrays.stream(batch.lengths()).map(length -> length - 1).toArray();
    return model.decoder().last(x, prefix, before, 1);
  }

  private float[][] matrix(float[] flat, int rowCount) {
    int width = classes().size();
    float[][] out = new float[rowCount][width];
    for (int i = 0; i < rowCount; i++) {
      System.arraycopy(flat, i * width, out[i], 0, width);
    }
    return out;
  }

  /** x ⧺ suffix: (B, T, d) → (B, T + suffix, d). */
  private NDArray closed(NDArray x) {
    return suffixLength() == 0 ? x : x.concat(suffix.repeat(0, x.getShape().get(0)), 1);
  }

  private NDArray result(NDArray last, NDManager owner) {
    NDArray g = readout.probabilities(model.decoder().readOut(last, rows));
    return kept(g, owner);
  }

  @Override
  public void close() {
    prefix.close();
    manager.close();
  }
}
