package io.gnomon.experiment;

import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.DataConfig;
import io.gnomon.config.DataConfig.GoEmotions;
import io.gnomon.config.DataConfig.Split;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.LabelEvaluation;
import io.gnomon.evaluation.LabelEvaluation.Answered;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.experiment.RunEvaluation.Request;
import io.gnomon.student.Student;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@link RunEvaluation} of a multi-label task: under each rule of decision, what is tuned being
 * tuned on the set's own dev part.
 */
public final class LabelRunEvaluation {
  private final TeacherSetup setup;
  private final NDManager manager;
  private final Student student;
  private final Request request;

  private LabelRunEvaluation(
      TeacherSetup setup, NDManager manager, Student student, Request request) {
    this.setup = setup;
    this.manager = manager;
    this.student = student;
    this.request = request;
  }

  /**
   * Evaluates and writes {@code evaluation-<task>.json} into the run folder.
   *
   * @param k of the rule top-k; the mean number of labels on dev unless given
   * @throws io.gnomon.config.InputException as {@link RunEvaluation#of}
   */
  public static LabelEvaluation of(
      ExperimentConfig config, RunFolder folder, Request request, OptionalInt k) {
    RunEvaluation.refuseUnfinished(folder);
    DataConfig data = RunEvaluation.data(request);
    LabelledSet test = TracedTexts.read(request.task(), data, request.limit());
    Optional<LabelledSet> dev =
        dev(data).map(part -> TracedTexts.read(request.task(), part, request.limit()));
    try (TeacherSetup setup = TeacherSetup.of(config, request.task());
        NDManager manager = NDManager.newBaseManager(setup.device(), "PyTorch");
        Student student = Student.load(manager, folder.student())) {
      RunEvaluation.refuseStrangers(folder, student, setup, request.task());
      LabelRunEvaluation run = new LabelRunEvaluation(setup, manager, student, request);
      LabelEvaluation evaluation =
          LabelEvaluation.of(
              run.answered(test), dev.map(run::answered), k, setup.teacher().classes());
      AtomicFiles.writeString(folder.evaluation(request.task().name()), Json.write(evaluation));
      return evaluation;
    }
  }

  /** The dev part of a set that has one; none of dev itself, which would be tuned to itself. */
  static Optional<DataConfig> dev(DataConfig data) {
    return data instanceof GoEmotions emotions && emotions.split() != Split.DEV
        ? Optional.of(emotions.dev())
        : Optional.empty();
  }

  private Answered answered(LabelledSet set) {
    int room = Math.min(setup.teacher().maxInput(), student.shape().maxPositions() - 1);
    int longest = Math.min(request.maxLength(), room);
    TokenizedSet texts = TokenizedSet.of(set, setup.model().tokenizer(), request.task(), longest);
    return new Answered(
        texts.labels(),
        texts.answers(setup.teacher()),
        texts.answers(student, setup.model().embeddings(), manager));
  }
}
