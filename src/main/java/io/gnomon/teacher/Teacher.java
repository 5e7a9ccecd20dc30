package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.gnomon.config.CalibrationConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.nn.SharedInputs;
import io.gnomon.tensor.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
  private final LanguageModel model;
  private final TaskConfig task;
  private final List<Question> questions; // one, or one a label of a multi-label task
  private final KeyValueCache prefix;
  private final NDManager manager;
  private final ForwardLimit limit;

  private Teacher(
      LanguageModel model,
      TaskConfig task,
      List<Question> questions,
      KeyValueCache prefix,
      NDManager manager,
      ForwardLimit limit) {
    this.model = model;
    this.task = task;
    this.questions = List.copyOf(questions);
    this.prefix = prefix;
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
    task.questions().forEach(asked -> refuse(model, asked));
    refuseEmptySuffixes(model, task);
    NDManager manager = model.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<Question> questions = questions(model, task, manager);
      long[] opening = model.tokenizer().encodeOpening(task.prompt().prefix());
      KeyValueCache prefix = model.decoder().cache(embed(model, manager, opening));
      prefix.keys().forEach(NDScope::unregister);
      prefix.values().forEach(NDScope::unregister);
      return new Teacher(model, task, questions, prefix, manager, limit);
    }
  }

  private static void refuse(LanguageModel model, TaskConfig task) {
    Verbalizer verbalizer = Verbalizer.of(task, model.tokenizer());
    refuseConflicts(task, verbalizer);
    refuseForeignWords(model, verbalizer);
    PromptTokens prompt = PromptTokens.of(task.prompt(), model.tokenizer());
    refuseOverrun(task, prompt, model);
  }

  private static List<Question> questions(LanguageModel model, TaskConfig task, NDManager manager) {
    // The rows of all words at once: an output matrix of its own is read whole for them.
    List<Long> tokens =
        task.questions().stream()
            .flatMap(asked -> Verbalizer.of(asked, model.tokenizer()).words().stream())
            .map(LabelWord::token)
            .distinct()
            .toList();
    NDArray rows = model.outputRows(tokens.stream().mapToLong(Long::longValue).toArray());
    return task.questions().stream()
        .map(asked -> question(model, asked, tokens, rows, manager))
        .toList();
  }

  private static Question question(
      LanguageModel model, TaskConfig task, List<Long> tokens, NDArray rows, NDManager manager) {
    Verbalizer verbalizer = Verbalizer.of(task, model.tokenizer());
    long[] places =
        verbalizer.words().stream().mapToLong(word -> tokens.indexOf(word.token())).toArray();
    NDArray own = kept(rows.get(manager.create(places)), manager);
    NDArray suffix =
        kept(embed(model, manager, model.tokenizer().encode(task.prompt().suffix())), manager);
    Readout readout = new Readout(verbalizer, task.score(), task.temperature(), new float[0]);
    return new Question(verbalizer, readout, suffix, own);
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

  /**
   * A label is asked for behind the input: with nothing there, all labels would be one question.
   */
  private static void refuseEmptySuffixes(LanguageModel model, TaskConfig task) {
    for (TaskConfig asked : task.multiLabel() ? task.questions() : List.<TaskConfig>of()) {
      if (model.tokenizer().encode(asked.prompt().suffix()).length == 0) {
        throw new InputException(
            String.format(
                "task %s: expected a suffix of a token or more, found '%s', of which the tokenizer"
                    + " leaves nothing; take another phrase",
                asked.name(), asked.prompt().suffix()));
      }
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
    TokenBatch batch = TokenBatch.of(List.of(ids));
    return task.multiLabel() ? logLabels(batch) : logs(probabilities(batch)[0]);
  }

  /** Where a label is next to certain, by the probability that it is not there. */
  private float[] logLabels(TokenBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager local = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      float[] pairs = pairs(batch, local).toFloatArray();
      float[] logs = new float[questions.size()];
      for (int k = 0; k < logs.length; k++) {
        double yes = Math.max(pairs[2 * k], Float.MIN_VALUE);
        logs[k] = (float) (yes < 0.5 ? Math.log(yes) : Math.log1p(-pairs[2 * k + 1]));
      }
      return logs;
    }
  }

  private static float[] logs(float[] answer) {
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
   * @param logPrior log of this teacher's own answer where it should be indifferent, one a class;
   *     the probability that a label is not there follows from the one that it is
   */
  public Teacher calibrated(float[] logPrior) {
    return new Teacher(model, task, corrected(logPrior), prefix, manager, limit);
  }

  private List<Question> corrected(float[] logPrior) {
    if (!task.multiLabel()) {
      return List.of(only().calibrated(logPrior));
    }
    return IntStream.range(0, logPrior.length)
        .mapToObj(
            k -> questions.get(k).calibrated(new float[] {logPrior[k], logComplement(logPrior[k])}))
        .toList();
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
      float[] flat = recalibrated(plain, corrected(logPrior)).toFloatArray();
      double[][] out = new double[g.length][classes().size()];
      for (int i = 0; i < flat.length; i++) {
        out[i / classes().size()][i % classes().size()] = flat[i];
      }
      return out;
    }
  }

  private NDArray recalibrated(NDArray plain, List<Question> corrected) {
    if (!task.multiLabel()) {
      return corrected.get(0).readout().recalibrated(plain);
    }
    NDList columns = new NDList();
    for (int k = 0; k < corrected.size(); k++) {
      NDArray there = plain.get(new NDIndex(":, {}:{}", k, k + 1));
      NDArray pair = there.concat(there.neg().add(1), 1); // (N, 2)
      columns.add(corrected.get(k).readout().recalibrated(pair).get(":, 0"));
    }
    return NDArrays.stack(columns, 1);
  }

  /** log(1 − e^x), without loss where e^x is next to one. */
  private static float logComplement(float x) {
    return (float) Math.log(Math.max(-Math.expm1(x), Float.MIN_VALUE));
  }

  /** Class names, in the order of g's coordinates. */
  public List<String> classes() {
    return List.copyOf(task.classes().keySet());
  }

  /** The label words as tokens: of the one question, or of each label's. */
  public List<Verbalizer> verbalizers() {
    return questions.stream().map(Question::verbalizer).toList();
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
    return questions.stream().mapToInt(Question::length).max().orElse(0);
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
      if (task.multiLabel()) {
        return kept(labels(pairs(x)), x.getManager());
      }
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
      try (Recording recording = Recording.begin()) {
        recording.backward(logAnswers(decoder, leaf).mul(w).sum());
      }
      return kept(leaf.getGradient(), x.getManager());
    }
  }

  /** log g on x, (B, K), through kernels that carry gradients: label by label where there are. */
  private NDArray logAnswers(Decoder through, NDArray x) {
    if (!task.multiLabel()) {
      return logAnswer(through, x, only());
    }
    NDList labels = new NDList();
    questions.forEach(question -> labels.add(logAnswer(through, x, question).get(":, 0")));
    return NDArrays.stack(labels, 1);
  }

  private NDArray logAnswer(Decoder through, NDArray x, Question question) {
    NDArray last = through.last(question.closed(x), prefix);
    return question.readout().logProbabilities(through.readOut(last, question.rows()));
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
      if (task.multiLabel()) {
        return matrix(labels(pairs(batch, local)).toFloatArray(), batch.ids().length);
      }
      NDArray last = batch.padded() ? padded(batch, local) : last(batch.ids(), local);
      return matrix(result(last, local).toFloatArray(), batch.ids().length);
    }
  }

  /** (B, K, 2) → (B, K): the probability of each label. */
  private static NDArray labels(NDArray pairs) {
    return pairs.get(":, :, 0");
  }

  /** A multi-label task's answers to a batch of equally long inputs, (B, K, 2). */
  private NDArray pairs(NDArray x) {
    try (SharedInputs inputs = SharedInputs.of(model.decoder(), x, prefix)) {
      return LabelAnswers.of(model.decoder(), inputs, questions);
    }
  }

  private NDArray pairs(TokenBatch batch, NDManager local) {
    NDArray x = model.embeddings().lookup(local, batch.ids());
    try (SharedInputs inputs = SharedInputs.of(model.decoder(), x, prefix, batch.lengths())) {
      return LabelAnswers.of(model.decoder(), inputs, questions);
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

  /** The question of a single-label task. */
  private Question only() {
    return questions.get(0);
  }

  private NDArray closed(NDArray x) {
    return only().closed(x);
  }

  private NDArray result(NDArray last, NDManager owner) {
    NDArray g = only().readout().probabilities(model.decoder().readOut(last, only().rows()));
    return kept(g, owner);
  }

  @Override
  public void close() {
    prefix.close();
    manager.close();
  }
}
