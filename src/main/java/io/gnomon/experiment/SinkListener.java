package io.gnomon.experiment;

import io.gnomon.projection.ProjectionListener;
import io.gnomon.sink.TraceSinks;
import io.gnomon.trace.TraceRow;

/** Passes on all it hears, and rows to the sinks as well. */
record SinkListener(ProjectionListener listener, TraceSinks sinks) implements ProjectionListener {
  @Override
  public void note(String line) {
    listener.note(line);
  }

  @Override
  public void warning(String line) {
    listener.warning(line);
  }

  @Override
  public void stepped(long step) {
    listener.stepped(step);
  }

  @Override
  public void traced(TraceRow row) {
    listener.traced(row);
    sinks.traced(row);
  }

  @Override
  public boolean stop() {
    return listener.stop();
  }
}
