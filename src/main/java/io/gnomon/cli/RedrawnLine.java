package io.gnomon.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * A progress bar drawn over itself; the library's own console consumer asks the system for a
 * terminal.
 *
 * @param err where it is drawn
 */
record RedrawnLine(PrintWriter err) implements ProgressBarConsumer {
  /** Columns it takes. */
  static final int WIDTH = 100;

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
