package io.gnomon.experiment;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelEvaluation.Answered;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.RunEvaluation.Request;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@link RunEvaluation} of a multi-label task: under each rule of decision, what is tuned being
 * tuned on the set's own dev part.
 */
public final class LabelRunEvaluation {
  private LabelRunEvaluation() {}

  /**
   * Evaluates and writes {@code evaluation-<task>.json} into the run folder.
   *
   * @param k of the rule top-k; the mean number of labels on dev unless given
   * @throws io.gnomon.config.InputException as {@link RunEvaluation#of}
   */
  public static RunReport<LabelEvaluation> of(
      ExperimentConfig config, RunFolder folder, Request request, OptionalInt k) {
    folder.requireFinished();
    TaskConfig task = request.task();
    DataConfig data = task.requireData();
    LabelledSet test = TracedTexts.read(task, data, request.limit());
    Optional<LabelledSet> dev =
        dev(data).map(part -> TracedTexts.read(task, part, request.limit()));
    try (RunModels models = RunModels.load(config, folder, task)) {
      int longest = models.longest(request.maxLength());
      TokenizedSet texts = tokenized(test, models, task, longest);
      Answered answered = answered(texts, models);
      LabelEvaluation evaluation =
          LabelEvaluation.of(
              answered,
              dev.map(part -> answered(tokenized(part, models, task, longest), models)),
              k,
              models.setup().teacher().classes());
      AtomicFiles.writeString(folder.evaluation(task.name()), Json.write(evaluation));
      return RunReport.of(
          config,
          folder,
          models.setup(),
          RunReport.Texts.of(task, test, texts, longest),
          evaluation);
    }
  }

  /** The dev part of a set that has one; none of dev itself, which would be tuned to itself. */
  static Optional<DataConfig> dev(DataConfig data) {
    return data instanceof GoEmotions emotions && emotions.split() != Split.DEV
        ? Optional.of(emotions.dev())
        : Optional.empty();
  }

  private static TokenizedSet tokenized(
      LabelledSet set, RunModels models, TaskConfig task, int longest) {
    return TokenizedSet.of(set, models.setup().model().tokenizer(), task, longest);
  }

  private static Answered answered(TokenizedSet texts, RunModels models) {
    return new Answered(texts.labels(), models.g(texts), models.h(texts));
  }
}
