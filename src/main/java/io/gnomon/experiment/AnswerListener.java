package io.gnomon.experiment;

/** Hears how {@link AnswerJob} goes; the command line shows it. */
public interface AnswerListener {
  /** One thing worth saying before the first batch. */
  void note(String line);

  /** {@code done} of {@code all} batches of this share are answered. */
  void answered(long done, long all);

  /** Whether to stop before the next batch. */
  boolean stop();
}
