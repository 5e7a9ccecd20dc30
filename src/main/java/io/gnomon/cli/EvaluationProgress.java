package io.gnomon.cli;

import io.gnomon.experiment.EvaluationListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Texts being answered, task by task: a bar on a terminal, a line a tenth elsewhere. */
final class EvaluationProgress implements EvaluationListener, AutoCloseable {
  private static final int LINES = 10;
  private static final double NANOS = 1e9;

  private final Console console;
  private @Nullable ProgressBar bar;
  private long begun;
  private int told;

  EvaluationProgress(Console console) {
    this.console = console;
  }

  @Override
  public void note(String line) {
    console.err().println("gnomon: " + line);
  }

  @Override
  public void answered(String task, int done, int all) {
    if (done == 0) {
      begin(task, all);
    } else if (bar != null) {
      bar.stepTo(done);
    } else if (done == all || (long) done * LINES / all > told) {
      told = (int) ((long) done * LINES / all);
      double seconds = (System.nanoTime() - begun) / NANOS;
      console
          .err()
          .printf(
              Locale.ROOT,
              "%s: answered %d of %d texts, %.1f a second%n",
              task,
              done,
              all,
              done / seconds);
    }
  }

  private void begin(String task, int all) {
    close();
    begun = System.nanoTime();
    told = 0;
    if (console.interactive()) {
      bar =
          RedrawnLine.bar(console, task)
              .setInitialMax(all)
              .startsFrom(0, Duration.ZERO)
              .setUnit(" texts", 1)
              .build();
    } else {
      console.err().println(task + ": answering " + all + " texts");
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
