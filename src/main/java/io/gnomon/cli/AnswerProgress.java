package io.gnomon.cli;

import io.gnomon.experiment.AnswerListener;

/** Answers coming in, as the user sees it. */
final class AnswerProgress implements AnswerListener, AutoCloseable {
  private final Console console;
  private final Interruption interruption;
  private final ProgressCount tally;

  AnswerProgress(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
    this.tally =
        new ProgressCount(
            console,
            "answering",
            "batches",
            1,
            (done, all) -> "answered " + done + " of " + all + " batches");
  }

  @Override
  public void note(String line) {
    console.err().println(line);
  }

  @Override
  public void answered(long done, long all) {
    tally.to(done, all);
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }

  @Override
  public void close() {
    tally.close();
  }
}
