package io.gnomon.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A count on its way to a known end: a bar on a terminal, elsewhere a line each tenth of it. */
final class ProgressCount implements AutoCloseable {
  private static final int LINES = 10;

  private final Console console;
  private final String task;
  private final String unit;
  private final long unitSize;
  private final Line line;
  private @Nullable ProgressBar bar;
  private long told = -1;

  /** What is said where there is no terminal. */
  @FunctionalInterface
  interface Line {
    String of(long done, long all);
  }

  /**
   * A count at its beginning.
   *
   * @param task the bar's title
   * @param unitSize how much of the count the bar shows as one {@code unit}
   */
  ProgressCount(Console console, String task, String unit, long unitSize, Line line) {
    this.console = console;
    this.task = task;
    this.unit = unit;
    this.unitSize = unitSize;
    this.line = line;
  }

  /** {@code done} of {@code all}, from where it is first called on. */
  void to(long done, long all) {
    if (console.interactive()) {
      if (bar == null) {
        bar = start(done, all);
      }
      bar.stepTo(done);
    } else if (all > 0 && done * LINES / all > told) {
      told = done * LINES / all;
      console.err().println(line.of(done, all));
    }
  }

  private ProgressBar start(long done, long all) {
    return RedrawnLine.bar(console, task)
        .setInitialMax(all)
        .startsFrom(done, Duration.ZERO)
        .setUnit(" " + unit, unitSize)
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
