package io.gnomon.bench;

/** Hears how a cell goes, and says whether to stop. */
public interface CellListener {
  /** One thing worth saying. */
  void note(String line);

  /** {@code done} of {@code all} parts of what is now under way are done. */
  void progress(long done, long all);

  /** Whether to save and stop before the next part. */
  boolean stop();
}
