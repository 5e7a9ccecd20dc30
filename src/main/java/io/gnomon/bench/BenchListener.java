package io.gnomon.bench;

/** Hears how a suite goes; the command line shows it. */
public interface BenchListener extends CellListener {
  /**
   * A cell is begun, or gone on with.
   *
   * @param place its place among all, as {@code [3/24]}
   */
  void begins(Cell cell, String place);

  /** A cell finished or failed. */
  void ended(Cell cell, CellRecord record);
}
