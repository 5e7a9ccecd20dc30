package io.gnomon.experiment;

/** Hears how {@link TeacherEvaluation} goes; the command line shows it. */
public interface EvaluationListener {
  /** One thing worth saying before the texts. */
  void note(String line);

  /** {@code done} of a task's {@code all} texts are answered. */
  void answered(String task, int done, int all);
}
