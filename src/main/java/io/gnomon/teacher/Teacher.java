package io.gnomon.teacher;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.Decoder;
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

  private Teacher(
      LanguageModel model,
      Verbalizer verbalizer,
      Readout readout,
      KeyValueCache prefix,
      NDManager manager,
      NDArray suffix,
      NDArray rows) {
    this.model = model;
    this.verbalizer = verbalizer;
    this.readout = readout;
    this.prefix = prefix;
    this.manager = manager;
    this.suffix = suffix;
    this.rows = rows;
  }

  /**
   * Holds {@code model} at the prompt of {@code task}. A contextual calibration is measured here;
   * one on the sampler's inputs is set later, with {@link #calibrated}.
   *
   * @throws InputException when a label word's first token begins a word of another class, or the
   *     prompt leaves no position for an input
   */
  public static Teacher of(LanguageModel model, TaskConfig task) {
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
      Teacher plain = new Teacher(model, verbalizer, readout, prefix, manager, suffix, rows);
      return task.calibration() instanceof CalibrationConfig.Contextual contextual
          ? plain.calibrated(plain.logAnswer(contextual.text()))
          : plain;
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
              "task %s: expected a prompt of fewer tokens than the teacher's %d positions, found"
                  + " %d; shorten prefix or suffix",
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

  private float[] logAnswer(String text) {
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
        model, verbalizer, readout.calibrated(logPrior), prefix, manager, suffix, rows);
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

  /**
   * Answers a batch of equally long inputs.
   *
   * @param x (B, T, d) in the embedding space
   * @return (B, K) float32, in x's manager
   * @throws InputException when T exceeds {@link #maxInput()}
   */
  public NDArray probabilities(NDArray x) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray last = model.decoder().last(closed(x), prefix);
      return result(last, x.getManager());
    }
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
    Decoder decoder = model.differentiable();
    try (NDScope scope = new NDScope();
        NDManager local = x.getManager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray leaf = x.duplicate();
      leaf.attach(local);
      leaf.setRequiresGradient(true);
      NDArray w = local.create(weights, new Shape(x.getShape().get(0), classes().size()));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logits = decoder.readOut(decoder.last(closed(leaf), prefix), rows);
        collector.backward(readout.logProbabilities(logits).mul(w).sum());
      }
      return kept(leaf.getGradient(), x.getManager());
    }
  }

  /**
   * Answers token sequences of unequal length.
   *
   * @return B rows of K class probabilities
   */
  public float[][] probabilities(TokenBatch batch) {
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
