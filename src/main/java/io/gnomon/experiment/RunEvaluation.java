package io.gnomon.experiment;

import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.checkpoint.Json;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.TokenizedSet;
import java.util.List;

/** A finished run's student on a whole labelled set, beside its teacher. */
public final class RunEvaluation {
  private RunEvaluation() {}

  /**
   * What to evaluate on.
   *
   * @param task prompt, classes and set
   * @param limit texts taken; 0 takes all
   * @param maxLength tokens kept of each text
   */
  public record Request(TaskConfig task, int limit, int maxLength) {}

  /**
   * Evaluates and writes {@code evaluation-<task>.json} into the run folder.
   *
   * @throws InputException when the run has no student, the classes differ from the student's, the
   *     teacher is another than the student was cast from, or the set cannot be read
   */
  public static RunReport<Evaluation> of(
      ExperimentConfig config, RunFolder folder, Request request) {
    folder.requireFinished();
    LabelledSet set =
        TracedTexts.read(request.task(), request.task().requireData(), request.limit());
    try (RunModels models = RunModels.load(config, folder, request.task())) {
      List<String> classes = models.setup().teacher().classes();
      int longest = models.longest(request.maxLength());
      TokenizedSet texts =
          TokenizedSet.of(set, models.setup().model().tokenizer(), classes, longest);
      Evaluation evaluation =
          Evaluation.of(
              texts.gold(),
              models.g(texts),
              models.h(texts),
              classes,
              config.objective().component().index(classes));
      AtomicFiles.writeString(folder.evaluation(request.task().name()), Json.write(evaluation));
      return RunReport.of(
          config,
          folder,
          models.setup(),
          RunReport.Texts.of(request.task(), set, texts, longest),
          evaluation);
    }
  }
}
