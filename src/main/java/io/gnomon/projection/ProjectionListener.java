package io.gnomon.projection;

import io.gnomon.trace.TraceRow;

/** Hears how a projection goes; the command line shows it. */
public interface ProjectionListener {
  /** One thing worth saying before the first step: a warning, or where a resumed run goes on. */
  void note(String line);

  /** A note that the user may have to do something about. */
  default void warning(String line) {
    note(line);
  }

  /** Step {@code step} of the run was made. */
  void stepped(long step);

  /** A row was written to the trace. */
  void traced(TraceRow row);

  /** Whether to save and stop before the next step. */
  boolean stop();

  /** One that hears nothing and never says stop. */
  static ProjectionListener silent() {
    return new ProjectionListener() {
      @Override
      public void note(String line) {}

      @Override
      public void stepped(long step) {}

      @Override
      public void traced(TraceRow row) {}

      @Override
      public boolean stop() {
        return false;
      }
    };
  }
}
