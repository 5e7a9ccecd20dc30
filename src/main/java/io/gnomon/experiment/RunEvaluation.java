package io.gnomon.experiment;

import ai.djl.ndarray.NDManager;
import io.gnomon.checkpoint.AtomicFiles;
import io.gnomon.config.DataConfig;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.InputException;
import io.gnomon.config.TaskConfig;
import io.gnomon.data.LabelledSet;
import io.gnomon.evaluation.Evaluation;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.student.Student;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;

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
  public static Evaluation of(ExperimentConfig config, RunFolder folder, Request request) {
    refuseUnfinished(folder);
    LabelledSet set = TracedTexts.read(request.task(), data(request), request.limit());
    try (TeacherSetup setup = TeacherSetup.of(config, request.task());
        NDManager manager = NDManager.newBaseManager(setup.device(), "PyTorch");
        Student student = Student.load(manager, folder.student())) {
      refuseStrangers(folder, student, setup, request.task());
      List<String> classes = setup.teacher().classes();
      // The student's own shape counts: one from a checkpoint has that one's positions.
      int room = Math.min(setup.teacher().maxInput(), student.shape().maxPositions() - 1);
      int longest = Math.min(request.maxLength(), room);
      TokenizedSet texts = TokenizedSet.of(set, setup.model().tokenizer(), classes, longest);
      Evaluation evaluation =
          Evaluation.of(
              texts.gold(),
              texts.answers(setup.teacher()),
              texts.answers(student, setup.model().embeddings(), manager),
              classes,
              config.objective().component().index(classes));
      AtomicFiles.writeString(folder.evaluation(request.task().name()), Json.write(evaluation));
      return evaluation;
    }
  }

  /**
   * Refuses a run without a student.
   *
   * @throws InputException when it has none
   */
  public static void refuseUnfinished(RunFolder folder) {
    // Written last: without it the folder is one that a full disk left.
    if (!Files.isRegularFile(folder.student().resolve("config.json"))) {
      throw new InputException(
          folder.path()
              + ": expected a finished run with student/, found none; finish it with 'gnomon run"
              + " … --resume'");
    }
  }

  /** The labelled set of the task that is asked for. */
  static DataConfig data(Request request) {
    DataConfig data = request.task().data();
    if (data == null) {
      throw new InputException(
          "task "
              + request.task().name()
              + ": expected data to say which labelled set, found none; add data: to the task");
    }
    return data;
  }

  /** Refuses a student of other classes or of another teacher than is loaded. */
  static void refuseStrangers(
      RunFolder folder, Student student, TeacherSetup setup, TaskConfig task) {
    List<String> classes = student.shape().classes();
    if (student.shape().multiLabel() != task.multiLabel()) {
      throw new InputException(
          folder.student()
              + ": expected a student of a "
              + type(task.multiLabel())
              + " task, found one of a "
              + type(student.shape().multiLabel())
              + " task; evaluate it on a task of its own type");
    }
    if (!classes.equals(setup.teacher().classes())) {
      throw new InputException(
          folder.student()
              + ": expected a student of the classes "
              + setup.teacher().classes()
              + ", found "
              + classes
              + "; evaluate it on a task with its own classes");
    }
    refuseOtherTeacher(folder, setup.model().sha256());
  }

  /**
   * Refuses a student of another teacher.
   *
   * @param sha256 of the teacher that is there
   * @throws InputException when the student was cast from another
   */
  public static void refuseOtherTeacher(RunFolder folder, String sha256) {
    String cast = Student.reference(folder.student()).get("sha256");
    if (!Objects.equals(cast, sha256)) {
      throw new InputException(
          folder.student()
              + ": expected the teacher it was cast from (sha256 "
              + cast
              + "), found another (sha256 "
              + sha256
              + "); put that teacher's files back");
    }
  }

  private static String type(boolean multiLabel) {
    return multiLabel ? "multi-label" : "single-label";
  }
}
