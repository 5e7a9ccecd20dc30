package io.gnomon.cli;

import io.gnomon.experiment.AnswerListener;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Answers coming in: a bar on a terminal, a line a tenth elsewhere. */
final class AnswerProgress implements AnswerListener, AutoCloseable {
  private static final int LINES = 10;

  private final Console console;
  private final Interruption interruption;
  private @Nullable ProgressBar bar;
  private long told = -1;

  AnswerProgress(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public void note(String line) {
    console.err().println(line);
  }

  @Override
  public void answered(long done, long all) {
    if (console.interactive()) {
      if (bar == null) {
        bar = start(done, all);
      }
      bar.stepTo(done);
    } else if (all > 0 && done * LINES / all != told) {
      told = done * LINES / all;
      console.err().println("answered " + done + " of " + all + " batches");
    }
  }

  private ProgressBar start(long done, long all) {
    return RedrawnLine.bar(console, "answering")
        .setInitialMax(all)
        .startsFrom(done, Duration.ZERO)
        .setUnit(" batches", 1)
        .build();
  }

  @Override
  public boolean stop() {
    return interruption.requested();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
