package io.gnomon.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar drawn over itself; the library's own console consumer asks the system for a
 * terminal.
 *
 * @param err where it is drawn
 */
record RedrawnLine(PrintWriter err) implements ProgressBarConsumer {
  /** Columns it takes. */
  static final int WIDTH = 100;

  private static final int REFRESH_MILLISECONDS = 250;

  /** A bar named {@code task} on {@code console}'s terminal, as every command draws it. */
  static ProgressBarBuilder bar(Console console, String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .showSpeed()
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REFRESH_MILLISECONDS)
        .setConsumer(new RedrawnLine(console.err()));
  }

  @Override
  public int getMaxRenderedLength() {
    return WIDTH;
  }

  @Override
  public void accept(String rendered) {
    err.print("\r" + rendered);
    err.flush();
  }

  @Override
  public void close() {
    err.print("\r" + " ".repeat(WIDTH) + "\r");
    err.flush();
  }
}
