package io.gnomon.sink;

import io.gnomon.trace.TraceRow;
import java.io.IOException;
import java.util.List;

/** One more place that has the rows of a trace. */
sealed interface TraceSink permits TensorBoardFile, MlflowRun {
  /** How it is called in messages. */
  String name();

  /**
   * Adds those of the rows that it has not yet.
   *
   * @param rows the whole trace so far
   * @throws IOException when it cannot now; it can be asked again
   */
  void update(List<TraceRow> rows) throws IOException;

  /**
   * The same when no further row will come.
   *
   * @throws IOException when it cannot
   */
  void end(List<TraceRow> rows, Ending ending) throws IOException;
}
