package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.gnomon.config.TaskConfig;
import io.gnomon.nn.Decoder;
import io.gnomon.nn.KeyValueCache;
import io.gnomon.nn.SharedInputs;
import io.gnomon.tensor.Scopes;
import java.util.Arrays;

/**
 * A language model behind the cached keys and values of a prompt, with all that is asked behind an
 * input: one forward pass, whatever the size of the batch.
 *
 * @param prefix of the prompt's tokens before the input
 */
record PromptedModel(LanguageModel model, KeyValueCache prefix, Questions questions) {
  /**
   * Runs what stands before the input of {@code task}; what lives on belongs to {@code manager}.
   */
  static PromptedModel of(LanguageModel model, TaskConfig task, NDManager manager) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Questions questions = Questions.of(model, task, manager);
      long[] opening = model.tokenizer().encodeOpening(task.prompt().prefix());
      KeyValueCache prefix = model.decoder().cache(model.embed(manager, opening));
      prefix.keys().forEach(NDScope::unregister);
      prefix.values().forEach(NDScope::unregister);
      return new PromptedModel(model, prefix, questions);
    }
  }

  PromptedModel withQuestions(Questions others) {
    return new PromptedModel(model, prefix, others);
  }

  /** Positions that stand around an input. */
  int length() {
    return prefix.length() + questions.longestSuffix();
  }

  /**
   * Class probabilities of inputs of one length.
   *
   * @param x (B, T, d) in the embedding space
   * @return (B, K), in no scope and in x's manager
   */
  NDArray answers(NDArray x) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray g =
          questions.multiLabel()
              ? labels(pairs(x))
              : readOut(decoder().last(questions.only().closed(x), prefix));
      return Scopes.keep(g, x.getManager());
    }
  }

  /** Class probabilities of token sequences, (B, K) row by row. */
  float[] answers(TokenBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager local = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray g =
          questions.multiLabel() ? labels(pairs(batch, local)) : readOut(last(batch, local));
      return g.toFloatArray();
    }
  }

  /** The two-way answers of a multi-label task to token sequences, (B, K, 2) row by row. */
  float[] pairs(TokenBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager local = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      return pairs(batch, local).toFloatArray();
    }
  }

  private Decoder decoder() {
    return model.decoder();
  }

  /** (B, K, 2) → (B, K): the probability of each label. */
  private static NDArray labels(NDArray pairs) {
    return pairs.get(":, :, 0");
  }

  private NDArray pairs(NDArray x) {
    try (SharedInputs inputs = SharedInputs.of(decoder(), x, prefix)) {
      return LabelAnswers.of(decoder(), inputs, questions.all());
    }
  }

  private NDArray pairs(TokenBatch batch, NDManager local) {
    NDArray x = model.embeddings().lookup(local, batch.ids());
    try (SharedInputs inputs = SharedInputs.of(decoder(), x, prefix, batch.lengths())) {
      return LabelAnswers.of(decoder(), inputs, questions.all());
    }
  }

  private NDArray last(TokenBatch batch, NDManager local) {
    Question question = questions.only();
    if (!batch.padded()) {
      NDArray x = model.embeddings().lookup(local, batch.ids());
      return decoder().last(question.closed(x), prefix);
    }
    if (question.length() > 0) {
      NDArray x = question.closed(model.embeddings().lookup(local, batch.ids()));
      return decoder().last(x, prefix, batch.lengths(), question.length());
    }
    NDArray x = model.embeddings().lookup(local, batch.closedByLast());
    int[] before = Arrays.stream(batch.lengths()).map(length -> length - 1).toArray();
    return decoder().last(x, prefix, before, 1);
  }

  /** (B, D) → (B, K). */
  private NDArray readOut(NDArray last) {
    Question question = questions.only();
    return question.readout().probabilities(decoder().readOut(last, question.rows()));
  }
}
