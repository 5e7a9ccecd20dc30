package io.gnomon.grow;

import io.gnomon.projection.ProjectionListener;
import io.gnomon.trace.TraceRow;

/** Hears how a student grows. */
public interface GrowListener {
  /** Posts are left out that cannot be chosen. */
  void dropped(int posts);

  /** Something of a round's training that the user may have to do something about; told once. */
  void warning(String line);

  /** A round is done. */
  void grown(Pick pick, int round, GrowCurve.Point point);

  /** Whether to stop. */
  boolean stop();

  /** What of a round's training is worth telling. */
  static ProjectionListener ofTraining(GrowListener listener) {
    return new ProjectionListener() {
      @Override
      public void note(String line) {}

      @Override
      public void warning(String line) {
        listener.warning(line);
      }

      @Override
      public void stepped(long step) {}

      @Override
      public void traced(TraceRow row) {}

      @Override
      public boolean stop() {
        return listener.stop();
      }
    };
  }
}
