package io.gnomon.experiment;

import ai.djl.ndarray.NDManager;
import io.gnomon.config.ExperimentConfig;
import io.gnomon.config.TaskConfig;
import io.gnomon.evaluation.TokenizedSet;
import io.gnomon.student.Student;

/** The student of a finished run and the teacher that it was cast from, loaded. */
record RunModels(TeacherSetup setup, NDManager manager, Student student) implements AutoCloseable {
  /**
   * Loads both, the teacher at the prompt of {@code task}.
   *
   * @throws io.gnomon.config.InputException when the task's classes are not the student's, or the
   *     teacher is another than the student was cast from
   */
  static RunModels load(ExperimentConfig config, RunFolder folder, TaskConfig task) {
    TeacherSetup setup = TeacherSetup.of(config, task);
    NDManager manager = NDManager.newBaseManager(setup.device(), "PyTorch");
    try {
      RunModels models = new RunModels(setup, manager, Student.load(manager, folder.student()));
      Student.requireTask(folder.student(), task);
      Student.requireTeacher(folder.student(), setup.model().sha256());
      return models;
    } catch (RuntimeException e) {
      manager.close();
      setup.close();
      throw e;
    }
  }

  /** Tokens kept of a text where {@code asked} are wanted: what both models have positions for. */
  int longest(int asked) {
    // The student's own shape counts: one from a checkpoint has that one's positions.
    int room = Math.min(setup.teacher().maxInput(), student.shape().longest());
    return Math.min(asked, room);
  }

  /** g on {@code texts}, (N, K). */
  double[][] g(TokenizedSet texts) {
    return texts.answers(setup.teacher());
  }

  /** h on {@code texts}, (N, K). */
  double[][] h(TokenizedSet texts) {
    return texts.answers(student, setup.model().embeddings(), manager);
  }

  @Override
  public void close() {
    student.close();
    manager.close();
    setup.close();
  }
}
