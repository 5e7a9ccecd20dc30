package io.gnomon.cli;

import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.TraceRow;

/** A growing student, as the user sees it: a line a round. */
record GrowProgress(Console console, Interruption interruption) implements ProjectionListener {
  @Override
  public void note(String line) {
    if (line.contains("round ") || line.contains("posts are")) {
      console.err().println("gnomon: " + line);
    }
  }

  @Override
  public void stepped(long step) {}

  @Override
  public void traced(TraceRow row) {}

  @Override
  public boolean stop() {
    return interruption.requested();
  }
}
