package io.gnomon.serve.bulk;

import java.util.List;

/** Where a job leaves its rows. */
sealed interface RowTarget extends AutoCloseable permits FileTarget, StreamTarget {
  /** What is there already, of a job that goes on. */
  Done done();

  /** Takes the rows of one part, in the output's form, and what was rejected of it. */
  void part(String rows, List<InputRow.Rejected> rejected, Done done);

  /** Makes the output whole. */
  void finish();

  /** Leaves nothing, not even to go on from. */
  void discard();

  @Override
  void close();
}
