package io.gnomon.teacher;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.gnomon.config.TaskConfig;
import io.gnomon.tensor.Scopes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a task asks behind an input.
 *
 * @param multiLabel whether each of the K labels has a question of its own, with a two-way answer
 * @param all one, or one a label
 */
record Questions(boolean multiLabel, List<Question> all) {

  Questions {
    all = List.copyOf(all);
  }

  /** The questions of {@code task}, without calibration, their arrays owned by {@code manager}. */
  static Questions of(LanguageModel model, TaskConfig task, NDManager manager) {
    // The rows of all words at once: an output matrix of its own is read whole for them.
    List<Long> tokens =
        task.questions().stream()
            .flatMap(asked -> Verbalizer.of(asked, model.tokenizer()).words().stream())
            .map(LabelWord::token)
            .distinct()
            .toList();
    NDArray rows = model.outputRows(tokens.stream().mapToLong(Long::longValue).toArray());
    return new Questions(
        task.multiLabel(),
        task.questions().stream()
            .map(asked -> question(model, asked, tokens, rows, manager))
            .toList());
  }

  private static Question question(
      LanguageModel model, TaskConfig task, List<Long> tokens, NDArray rows, NDManager manager) {
    Verbalizer verbalizer = Verbalizer.of(task, model.tokenizer());
    long[] places =
        verbalizer.words().stream().mapToLong(word -> tokens.indexOf(word.token())).toArray();
    NDArray own = Scopes.keep(rows.get(manager.create(places)), manager);
    NDArray suffix =
        Scopes.keep(
            model.embed(manager, model.tokenizer().encode(task.prompt().suffix())), manager);
    Readout readout = new Readout(verbalizer, task.score(), task.temperature(), new float[0]);
    return new Question(verbalizer, readout, suffix, own);
  }

  /** The question of a single-label task. */
  Question only() {
    return all.get(0);
  }

  /** Vectors of the longest suffix. */
  int longestSuffix() {
    return all.stream().mapToInt(Question::length).max().orElse(0);
  }

  /**
   * The same with their answers divided by a prior; see {@link Teacher#calibrated}.
   *
   * @param logPrior one a class; of labels the log of the probability that each is there
   */
  Questions calibrated(float[] logPrior) {
    if (!multiLabel) {
      return new Questions(false, List.of(only().calibrated(logPrior)));
    }
    return new Questions(
        true,
        IntStream.range(0, logPrior.length)
            .mapToObj(k -> all.get(k).calibrated(pair(logPrior[k])))
            .toList());
  }

  private static float[] pair(float logPrior) {
    return new float[] {logPrior, logComplement(logPrior)};
  }

  /** log(1 − e^x), without loss where e^x is next to one. */
  private static float logComplement(float x) {
    return (float) Math.log(Math.max(-Math.expm1(x), Float.MIN_VALUE));
  }

  /**
   * What these questions' read-outs make of answers without a prior.
   *
   * @param plain (N, K)
   * @return (N, K)
   */
  NDArray recalibrated(NDArray plain) {
    if (!multiLabel) {
      return only().readout().recalibrated(plain);
    }
    NDList columns = new NDList();
    for (int k = 0; k < all.size(); k++) {
      NDArray there = plain.get(new NDIndex(":, {}:{}", k, k + 1));
      NDArray pair = there.concat(there.neg().add(1), 1); // (N, 2)
      columns.add(all.get(k).readout().recalibrated(pair).get(":, 0"));
    }
    return NDArrays.stack(columns, 1);
  }
}
