package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.gnomon.nn.Decoder;
import io.gnomon.tensor.Recording;
import io.gnomon.tensor.Scopes;

/**
 * Which way an input has to move for a model's answer to change. No weight of the model takes part.
 *
 * @param prompted whose answers
 * @param classes K
 */
record InputGradient(PromptedModel prompted, int classes) {
  /** ∂/∂x Σ_i Σ_k w_ik log g_k(x_i); see {@link Teacher#gradient}. */
  NDArray of(NDArray x, float[] weights) {
    Decoder decoder = prompted.model().differentiable();
    try (NDScope scope = new NDScope();
        NDManager local = x.getManager().newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray leaf = x.duplicate();
      leaf.attach(local);
      leaf.setRequiresGradient(true);
      NDArray w = local.create(weights, new Shape(x.getShape().get(0), classes));
      try (Recording recording = Recording.begin()) {
        recording.backward(logAnswers(decoder, leaf).mul(w).sum());
      }
      return Scopes.keep(leaf.getGradient(), x.getManager());
    }
  }

  /** log g on x, (B, K), through kernels that carry gradients: label by label where there are. */
  private NDArray logAnswers(Decoder through, NDArray x) {
    Questions questions = prompted.questions();
    if (!questions.multiLabel()) {
      return logAnswer(through, x, questions.only());
    }
    NDList labels = new NDList();
    questions.all().forEach(question -> labels.add(logAnswer(through, x, question).get(":, 0")));
    return NDArrays.stack(labels, 1);
  }

  private NDArray logAnswer(Decoder through, NDArray x, Question question) {
    NDArray last = through.last(question.closed(x), prompted.prefix());
    return question.readout().logProbabilities(through.readOut(last, question.rows()));
  }
}
